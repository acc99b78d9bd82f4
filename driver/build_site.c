/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_site.c: what a configure script made by Autoconf need not find out: the
 * functions and headers of libc. Half of its hundreds of compilations ask for
 * these, and the sysroot has the answer: a name in libc.a links, a header is
 * there. It is a file that configure reads at its start (CONFIG_SITE), and
 * what the environment or the script says goes before it.
 *
 * Only what is there is told: what libc has not, a library of the program can
 * have. Other tests (types, declarations, how a function behaves) depend on
 * flags and are the script's own.
 */
#include "build.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAGIC = 8, /* "!<arch>\n" */
    HEADER = 60
};

static void put(struct buf *out, const char *kind, const char *name)
{
    buf_printf(out, ": ${ac_cv_%s_", kind);
    for (const char *p = name; *p; p++)
        buf_printf(out, "%c", isalnum((unsigned char)*p) ? *p : '_');
    buf_printf(out, "=yes}\n");
}

/* The names in an archive's index: a count, as many offsets, the names. */
static void put_functions(struct buf *out, const char *archive)
{
    size_t n = 0;
    char *bytes = file_read(archive, &n);
    const char *p = bytes + MAGIC + HEADER;
    uint32_t count = 0;

    if (bytes && n > MAGIC + HEADER + 4 &&
        !memcmp(bytes + MAGIC, "/       ", 8)) {
        for (int i = 0; i < 4; i++)
            count = count << 8 | (unsigned char)*p++;
        p += 4 * (size_t)count;
    }
    for (; count && p < bytes + n; count--) {
        put(out, "func", p);
        p += strlen(p) + 1;
    }
    free(bytes);
}

/* The headers of a folder of include/; sub: its name with a slash, or "". */
static void put_headers(struct buf *out, const char *include, const char *sub)
{
    char *dir = path_join(include, sub), **names = dir_list(dir);

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *name = format("%s%s", sub, names[i]);

        if (has_suffix(name, ".h"))
            put(out, "header", name);
        free(name);
        free(names[i]);
    }
    arrfree(names);
    free(dir);
}

/* Folders whose headers are libc's own and stand alone. */
static const char *const folders[] = {"",         "sys/",  "net/",
                                      "netinet/", "arpa/", NULL};

char *build_site(const struct build *b)
{
    char *path = path_join(b->dir, "config.site");
    char *archive = path_join(b->common, "lib/libc.a");
    char *include = path_join(b->common, "include");
    struct buf out = {0};

    buf_str(&out, "# what the sysroot's libc has\n");
    put_functions(&out, archive);
    for (const char *const *f = folders; *f; f++)
        put_headers(&out, include, *f);
    file_write(path, out.p, out.n);
    buf_free(&out);
    free(archive);
    free(include);
    return path;
}
