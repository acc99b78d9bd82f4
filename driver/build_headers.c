/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_headers.c: headers that glibc has and musl has not, and words that a
 * header of glibc's brings from another one.
 */
#include "build.h"
#include "deb.h"

#include <stdlib.h>
#include <string.h>

static const char cdefs[] = "sys/cdefs.h";

static const struct {
    const char *word, *header, *brings;
} brought[] = {
    {"__BEGIN_DECLS", "features.h", cdefs},
    {"u_char", "stdlib.h", "sys/types.h"},
    {"u_short", "stdlib.h", "sys/types.h"},
    {"u_int", "stdlib.h", "sys/types.h"},
    {"u_long", "stdlib.h", "sys/types.h"},
};

/* What stands in quotes behind the first such words of the log, or NULL. */
static char *missing(const struct build *b, const char *words)
{
    char *log = file_read(b->log, NULL);
    char *p = log ? strstr(log, words) : NULL, *name = NULL;

    if (p)
        name = xstrndup(p + strlen(words), strcspn(p + strlen(words), "'\n"));
    free(log);
    return name;
}

/* A folder that has it: ours, or where newlib has what comes from BSD. */
static char *folder_of_header(const char *name)
{
    static const char *const bsd[] = {"sys/queue.h", "sys/tree.h"};
    char *ours = format("%s/driver/headers", source_root());
    char *path = path_join(ours, name), *source;

    if (file_exists(path))
        return ours;
    for (size_t i = 0; i < sizeof bsd / sizeof *bsd; i++)
        if (!strcmp(name, bsd[i])) {
            source = deb_source_or_none("newlib");
            return source ? path_join(source, "newlib/libc/include") : NULL;
        }
    return NULL;
}

/* Gives the program's own sysroot the folder's header, if it has that. */
static bool add(struct build *b, const char *folder, const char *name)
{
    char *path = path_join(folder, name), *text = file_read(path, NULL);
    char *to = format("%s/headers/include/%s", b->dir, name);
    char *dir = path_dir(to);

    if (text) {
        make_dirs(dir);
        file_write(to, text, strlen(text));
        libs_add_folder(b, format("%s/headers", b->dir));
    }
    free(dir);
    free(to);
    free(text);
    free(path);
    return text != NULL;
}

/* The program's own sysroot's header says from now on what glibc's does. */
static void bring(const struct build *b, const char *header, const char *brings)
{
    char *path = format("%s/include/%s", b->sysroot, header);
    char *text = file_read(path, NULL);
    char *more = format("%s\n#include <%s>\n", text ? text : "", brings);

    file_write(path, more, strlen(more)); /* anew: others have the old one */
    free(more);
    free(text);
    free(path);
}

static bool word_add(struct build *b, char *word)
{
    for (size_t i = 0; word && i < sizeof brought / sizeof *brought; i++)
        if (!strcmp(word, brought[i].word) && !libs_tried(b, word)) {
            arrput(b->libs_tried, word);
            add(b, folder_of_header(cdefs), cdefs);
            bring(b, brought[i].header, brought[i].brings);
            return true;
        }
    free(word);
    return false;
}

bool headers_add(struct build *b)
{
    char *name = missing(b, "fatal error: '");
    char *from = name ? folder_of_header(name) : NULL;

    if (name && !from)
        return xen_add(b, name);
    if (from && !libs_tried(b, name) && add(b, from, name)) {
        arrput(b->libs_tried, name);
        return add(b, folder_of_header(cdefs), cdefs); /* it may use these */
    }
    return word_add(b, missing(b, "error: unknown type name '")) ||
           word_add(b, missing(b, "error: use of undeclared identifier '"));
}
