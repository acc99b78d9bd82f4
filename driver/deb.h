/* SPDX-License-Identifier: BSD-2-Clause */
/* deb.h: Debian source packages, fetched and unpacked into the cache. */
#ifndef UC_DEB_H
#define UC_DEB_H

/*
 * The folder src/<source>-<version> of the cache with the unpacked and
 * patched sources of a Debian package (source or binary name), fetched if it
 * is missing. Dies with a clear message on failure. Caller frees.
 */
char *deb_source(const char *package);

#endif
