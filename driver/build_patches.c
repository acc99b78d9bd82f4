/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_patches.c: a Debian source that only debian/rules can build.
 *
 * Distributions patch build systems for their own rules (libtool passed in,
 * headers that the rules write). Where the patched tree does not build, the
 * patches are taken off, and all but these put on again: those that touch
 * what drives the build, those that include a header which is not in the
 * tree, and those that no longer apply. So security fixes stay.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static int patch(const struct build *b, const char *file, const char *how)
{
    const char *argv[] = {"patch", "-p1", "-s", "-f", "-i", file, how, NULL};

    return build_step(b, b->work, argv);
}

/* The files of debian/patches/series, in order. */
static char **read_series(const struct build *b)
{
    char *path = path_join(b->work, "debian/patches/series");
    char *text = file_read(path, NULL), *rest = text, *line, **list = NULL;

    while (text && (line = strsep(&rest, "\n"))) {
        line[strcspn(line, " \t#")] = 0;
        if (*line)
            arrput(list, format("%s/debian/patches/%s", b->work, line));
    }
    free(path);
    return list;
}

/* Tests have makefiles too, which nobody runs here. */
static bool drives_build(const char *path)
{
    const char *name = path_base(path);

    if (has_prefix(path, "test") || strstr(path, "/test"))
        return false;
    return has_prefix(name, "Makefile") || has_prefix(name, "makefile") ||
           has_prefix(name, "GNUmakefile") || has_prefix(name, "configure") ||
           has_prefix(name, "CMakeLists") || has_suffix(name, ".mk") ||
           has_suffix(name, ".am") || has_suffix(name, ".ac") ||
           has_suffix(name, ".cmake");
}

/* Does the patch add an #include "x" of a file that its folder has not? */
static bool includes_missing(const struct build *b, const char *target,
                             const char *line)
{
    const char *quote = strchr(line, '"');
    char *dir, *header, *path;
    bool missing;

    if (!has_prefix(line, "+#include") || !quote)
        return false;
    dir = path_dir(target);
    header = xstrndup(quote + 1, strcspn(quote + 1, "\"\n"));
    path = format("%s/%s/%s", b->work, dir, header);
    missing = !file_exists(path);
    free(dir);
    free(header);
    free(path);
    return missing;
}

static bool is_for_rules(const struct build *b, const char *file)
{
    char *text = file_read(file, NULL), *rest = text, *line, *target = NULL;
    bool is = false;

    while (text && !is && (line = strsep(&rest, "\n"))) {
        if (has_prefix(line, "+++ ")) {
            char *slash = strchr(line, '/');

            target = slash ? slash + 1 : line + 4;
            target[strcspn(target, " \t\r")] = 0;
            is = drives_build(target);
        } else if (target) {
            is = includes_missing(b, target, line);
        }
    }
    free(text);
    return is;
}

bool build_unpatch(const struct build *b)
{
    char **series = read_series(b);
    size_t n = arrlenu(series), off = 0;

    for (size_t i = n; i-- > 0;)
        if (patch(b, series[i], "-R") != 0)
            return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_for_rules(b, series[i]) &&
            patch(b, series[i], "--dry-run") == 0) {
            patch(b, series[i], "--no-backup-if-mismatch");
            continue;
        }
        off++;
        if (verbosity > 0)
            note("%s: built without Debian's %s", b->name,
                 path_base(series[i]));
    }
    if (off && verbosity == 0)
        note("%s: built without %zu of Debian's %zu patches, which only its "
             "rules can build with (-v names them)",
             b->name, off, n);
    return n > 0;
}
