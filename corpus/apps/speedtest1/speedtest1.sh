#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# SQLite's speedtest1 beside the amalgamation. $1: the folder to fill.
set -eu
here=$(dirname "$0")
"$here/../sqlite-amalgamation/amalgamation.sh" "$1"
rm "$1/shell.c"
cp "$("${UNICORE_BIN:-$here/../../../build/bin}/unicore-capture" --source sqlite3)/test/speedtest1.c" "$1"
