#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Lua 5.1's interpreter as plain files: its Makefile asks for a platform.
# $1: the folder to fill.
set -eu
from=$("${UNICORE_BIN:?}/unicore-capture" --source lua5.1)
cp "$from"/src/*.[ch] "$1"
rm "$1/luac.c" "$1/print.c"
