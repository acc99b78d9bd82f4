#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# SQLite's testfixture with Tcl in it. $1: the folder to fill.
set -eu
"$(dirname "$0")/tcl.sh" "$1"
cp -a "$("${UNICORE_BIN:?}/unicore-capture" --source sqlite3)/." "$1/sqlite"
cat >> "$1/Makefile" <<'MAKE'
all: sqlite/testfixture
sqlite/testfixture: tcl/unix/tclsh sqlite/Makefile
	$(MAKE) -C sqlite testfixture LIBTCL="$(CURDIR)/tcl/unix/libtcl8.6.a -lm"
sqlite/Makefile: tcl/unix/tclsh
	cd sqlite && ./configure --disable-readline --disable-shared \
		--with-tcl="$(CURDIR)/tcl/unix" CC="$(CC)" BUILD_CC=cc \
		CFLAGS="-O2 -I$(CURDIR)/tcl/generic -I$(CURDIR)/tcl/unix -I$(CURDIR)/tcl/compat/zlib"
MAKE
