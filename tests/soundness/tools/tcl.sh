#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Tcl, linked statically and without threads. $1: the folder to fill.
set -eu
cp -a "$("${UNICORE_BIN:?}/unicore-capture" --source tcl8.6)/." "$1/tcl"
cat > "$1/Makefile" <<'MAKE'
all: tcl/unix/tclsh
tcl/unix/tclsh: tcl/unix/Makefile
	$(MAKE) -C tcl/unix tclsh
tcl/unix/Makefile:
	cd tcl/unix && sh ./configure --disable-shared --disable-threads \
		--disable-load CC="$(CC)" AR=unicore-ar RANLIB=unicore-ranlib CFLAGS=-O2
MAKE
