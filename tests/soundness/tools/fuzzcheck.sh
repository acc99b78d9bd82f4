#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# SQLite's fuzzcheck, with the options of its Makefile. $1: the folder to fill.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
from=$("${UNICORE_BIN:?}/unicore-capture" --source sqlite3)
"$root/corpus/apps/sqlite-amalgamation/amalgamation.sh" "$1"
rm "$1/shell.c"
cp "$from"/src/sqlite3ext.h "$from"/test/fuzzcheck.c "$from"/test/ossfuzz.c "$from"/test/fuzzinvariants.c \
    "$from"/test/vt02.c "$from"/ext/recover/dbdata.c \
    "$from"/ext/recover/sqlite3recover.[ch] "$1"
{
    echo 'all: fuzzcheck'
    printf 'fuzzcheck: $(wildcard *.c)\n\t$(CC) -O2 -w -I. -o $@'
    sed -n 's/^FUZZCHECK_OPT *+= *\(-D.*\)/ \1/p' "$from/Makefile.in" | tr -d '\n'
    echo ' $^'
} > "$1/Makefile"
