/* SPDX-License-Identifier: BSD-2-Clause */
/* deb.h: Debian source packages, fetched and unpacked into the cache. */
#ifndef UC_DEB_H
#define UC_DEB_H

#include <stdbool.h>

/*
 * The folder src/<source>-<version> of the cache with the unpacked and
 * patched sources of a Debian package (source or binary name), fetched if it
 * is missing. Dies with a clear message on failure. Caller frees.
 */
char *deb_source(const char *package);
/*
 * The same of a few folders of a large package, in src/<source>-<version>.p;
 * Debian's patches are not applied. parts: NULL-ended, the same each time.
 */
char *deb_source_parts(const char *package, const char *const *parts);
/* The same; NULL if there is none of this name, or it cannot be fetched. */
char *deb_source_or_none(const char *package);

/* ---- deb_tools.c: the programs that building an unpacked source takes ---- */

/* Names of packages, as debian/control has them (stb_ds array, malloc'd). */
char **deb_tools(const char *folder);
/* Its libraries: the packages that end in -dev, alternatives too. */
char **deb_libraries(const char *folder);
/* Those that this machine lacks, each after a blank; "" if none. */
char *deb_tools_missing(const char *folder);
/* Installs them, as root; true if there are more now. Failing is a warning. */
bool deb_tools_install(const char *package, const char *folder);

#endif
