#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# zlib's infcover, which its build makes on demand only. $1: the folder to fill.
set -eu
from=$("${UNICORE_BIN:?}/unicore-capture" --source zlib)
cp "$from"/*.h "$from"/*.c "$from/test/infcover.c" "$1"
