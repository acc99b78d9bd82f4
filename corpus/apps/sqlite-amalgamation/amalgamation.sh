#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The amalgamation as SQLite's own Makefile makes it: sqlite3.c and shell.c,
# to be compiled with no options at all. $1: the folder to fill.
set -eu
src=$("${UNICORE_BIN:-$(dirname "$0")/../../../build/bin}/unicore-capture" --source sqlite3)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp -r "$src/." "$tmp"
cd "$tmp"
./configure --disable-tcl >/dev/null
make sqlite3.c shell.c >/dev/null
cp sqlite3.c sqlite3.h shell.c "$1"
