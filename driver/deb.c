/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deb.c: Debian source packages by way of apt, with a private apt state.
 *
 * A fresh machine has no deb-src lines and its user may be unprivileged, so
 * apt runs with its own lists, cache and sources below <cache>/apt. The
 * sources are the machine's own, of every `deb` a `deb-src`; keys, proxies and
 * trust stay the machine's, so signatures are verified as always. Nothing
 * under /etc or /var changes: hooks that would are cleared.
 *
 * The lists are fetched once, and again when a package or a file of it cannot
 * be found, so an unpacked package needs no network. The name of the .dsc
 * file gives source name and version.
 */
#define _GNU_SOURCE
#include "deb.h"

#include "common.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    LISTS_BYTES = 100 << 20
};

static char *state; /* <cache>/apt */

/* `deb [options] uri suite ...` to `deb-src ...`; other lines are dropped. */
static void derive_line(struct buf *out, const char *line)
{
    line += strspn(line, " \t");
    if (has_prefix(line, "deb-src") && isblank((unsigned char)line[7]))
        line += 7;
    else if (has_prefix(line, "deb") && isblank((unsigned char)line[3]))
        line += 3;
    else
        return;
    buf_printf(out, "deb-src%s\n", line);
}

/* A deb822 field line: only Types changes. */
static void derive_field(struct buf *out, const char *line)
{
    if (strncasecmp(line, "Types:", 6) == 0)
        line = "Types: deb-src";
    buf_printf(out, "%s\n", line);
}

static void derive_file(const char *from, const char *to)
{
    struct buf out = {0};
    char *text = file_read(from, NULL), *rest = text, *line;
    bool fields = has_suffix(from, ".sources");

    if (!text)
        return;
    while ((line = strsep(&rest, "\n")))
        (fields ? derive_field : derive_line)(&out, line);
    buf_add(&out, "", 0);
    file_write(to, out.p, out.n);
    buf_free(&out);
    free(text);
}

/* Writes <state>/sources.d from the machine's sources. */
static void derive_sources(const char *parts)
{
    const char *machine = "/etc/apt/sources.list.d";
    char **names = dir_list(machine);
    char *to = path_join(parts, "00.list"); /* apt reads it first, too */

    derive_file("/etc/apt/sources.list", to);
    free(to);
    for (size_t i = 0; i < arrlenu(names); i++) {
        char *from = path_join(machine, names[i]);

        to = path_join(parts, names[i]);
        if (has_suffix(from, ".list") || has_suffix(from, ".sources"))
            derive_file(from, to);
        free(from);
        free(to);
        free(names[i]);
    }
    arrfree(names);
}

static char *config_path(void)
{
    return path_join(state, "apt.conf");
}

/* Makes the private state; true if it has no lists yet. */
static bool state_make(void)
{
    struct buf b = {0};
    char *parts, *config, *lists;

    state = path_join(cache_root(), "apt");
    if (strchr(state, '"'))
        die("%s: a cache folder with a quote in its name", cache_root());
    parts = path_join(state, "sources.d");
    lists = path_join(state, "state/fetched");
    config = config_path();
    remove_tree(parts);
    make_dirs(parts);
    derive_sources(parts);
    buf_printf(&b,
               "Dir::State \"%s/state\";\nDir::Cache \"%s/cache\";\n"
               "Dir::Etc::sourcelist \"/dev/null\";\n"
               "Dir::Etc::sourceparts \"%s\";\n"
               "APT::Sandbox::User \"root\";\n"
               "APT::Get::List-Cleanup \"false\";\n"
               "Acquire::Languages { \"none\"; };\n"
               "Acquire::Retries \"2\";\nAcquire::PDiffs \"false\";\n"
               "#clear APT::Update::Pre-Invoke;\n"
               "#clear APT::Update::Post-Invoke;\n"
               "#clear APT::Update::Post-Invoke-Success;\n",
               state, state, parts);
    file_write(config, b.p, b.n);
    buf_free(&b);
    for (const char *const *d =
             (const char *const[]){"state/lists/partial",
                                   "cache/archives/partial", 0};
         *d; d++) {
        char *path = path_join(state, *d);

        make_dirs(path);
        free(path);
    }
    bool none = !file_exists(lists);
    free(parts);
    free(config);
    free(lists);
    return none;
}

/* Fetches the source lists; a repository without any is not an error. */
static void lists_fetch(void)
{
    char *config = config_path(), *log = path_join(state, "log");
    char *mark = path_join(state, "state/fetched");
    const char *argv[] = {"apt-get", "-c", config, "-y", "update", NULL};

    if (disk_lacks(state, LISTS_BYTES))
        die("%s: " NO_SPACE ": the lists of Debian sources need %d MB", state,
            LISTS_BYTES >> 20);
    progress("fetching the lists of Debian sources");
    unlink(log);
    int status = run(argv, &(struct run){.out = log});
    progress_end();
    if (status == 127)
        die("deb: sources need apt-get, which this machine does not have");
    if (status != 0 && disk_lacks(state, DISK_LEAST))
        die("%s: " NO_SPACE, state);
    file_write(mark, "", 0);
    if (status != 0)
        warn("not all lists of Debian sources could be fetched (see %s)", log);
    free(config);
    free(log);
    free(mark);
}

/* The .dsc name that apt would fetch (caller frees), or NULL. */
static char *dsc_find(const char *package)
{
    char *config = config_path(), *dsc = NULL, *line, *rest;
    struct buf out = {0};
    const char *argv[] = {"apt-get", "-c",           config,  "-qq",
                          "source",  "--print-uris", package, NULL};
    struct run how = {.out = "/dev/null"};

    if (run_capture(argv, &how, &out) == 0)
        for (rest = out.p; !dsc && (line = strsep(&rest, "\n"));) {
            char *name = strchr(line, ' ');
            char *end = name ? strchr(name + 1, ' ') : NULL;

            if (end && end - name > 5 && !strncmp(end - 4, ".dsc", 4))
                dsc = xstrndup(name + 1, (size_t)(end - name - 1));
        }
    buf_free(&out);
    free(config);
    return dsc;
}

/* <name>_<version>.dsc to <cache>/src/<name>-<version>, or parts of that. */
static char *folder_of(const char *dsc, const char *const *parts)
{
    char *folder = format("%s/src/%s", cache_root(), dsc);
    char *bar = strrchr(folder, '_');

    if (bar)
        *bar = '-';
    folder[strlen(folder) - strlen(".dsc")] = 0;
    return parts ? format("%s.p", folder) : folder;
}

/* Downloads into the folder tmp; apt's words go to the log. */
static bool download(const char *package, const char *tmp, const char *log)
{
    char *config = config_path();
    const char *argv[] = {"apt-get",         "-c",    config, "-q", "source",
                          "--download-only", package, NULL};

    unlink(log);
    remove_tree(tmp);
    make_dirs(tmp);
    int status = run(argv, &(struct run){.cwd = tmp, .out = log});
    free(config);
    return status == 0;
}

/* Folders of the original archive alone, without Debian's patches. */
static const char **parts_command(const char *tmp, const char *tree,
                                  const char *const *parts)
{
    char **names = dir_list(tmp);
    const char **argv = NULL;

    make_dirs(tree);
    arrput(argv, "tar");
    arrput(argv, "-C");
    arrput(argv, tree);
    arrput(argv, "--strip-components=1");
    arrput(argv, "--wildcards");
    arrput(argv, "-xf");
    for (size_t i = 0; i < arrlenu(names); i++)
        if (strstr(names[i], ".orig.tar."))
            arrput(argv, names[i]);
    for (; *parts; parts++)
        arrput(argv, format("*/%s", *parts));
    arrput(argv, NULL);
    return argv;
}

static void unpack(const char *dsc, const char *tmp, const char *folder,
                   const char *log, const char *const *parts)
{
    char *tree = path_join(tmp, "tree");
    const char *whole[] = {"dpkg-source", "--no-check", "-x", dsc, tree, NULL};
    const char **argv = parts ? parts_command(tmp, tree, parts) : whole;
    int status = run(argv, &(struct run){.cwd = tmp, .out = log});

    if (status == 127)
        die("deb: sources need dpkg-source (package dpkg-dev)");
    if (status != 0)
        die("deb: %s cannot be unpacked; the log is %s", dsc, log);
    if (rename(tree, folder) != 0)
        die("%s: %s", folder, strerror(errno));
    free(tree);
}

static bool valid_name(const char *p)
{
    if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p))
        return false;
    for (; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("+-.~:=", *p))
            return false;
    return true;
}

/* Makes sure that the folder exists; false if apt cannot fetch it. */
static bool folder_fill(const char *package, const char *dsc,
                        const char *folder, const char *const *parts)
{
    char *tmp = format("%s.tmp", folder), *log = path_join(state, "log");
    bool ok = file_exists(folder);

    if (!ok) {
        progress("fetching deb:%s", package);
        ok = download(package, tmp, log);
        if (ok)
            unpack(dsc, tmp, folder, log, parts);
        remove_tree(tmp);
        progress_end();
    }
    free(tmp);
    free(log);
    return ok;
}

/* The versions of a package that the lists know, as apt prints them. */
static char **versions_of(const char *package)
{
    char *config = config_path(), **list = NULL, *line, *rest;
    struct buf out = {0};
    const char *argv[] = {"apt-cache", "-c", config, "showsrc", package, NULL};
    struct run how = {.out = "/dev/null"};

    run_capture(argv, &how, &out);
    for (rest = out.p; (line = strsep(&rest, "\n"));)
        if (has_prefix(line, "Version: "))
            arrput(list, xstrdup(line + strlen("Version: ")));
    buf_free(&out);
    free(config);
    return list;
}

/* A mirror may list a version that it does not hold; others may be there. */
static char *fetch_other(const char *package, const char *missing,
                         const char *const *parts)
{
    char **versions = versions_of(package), *folder = NULL;

    for (size_t i = 0; !folder && i < arrlenu(versions); i++) {
        char *exact = format("%s=%s", package, versions[i]);
        char *dsc = dsc_find(exact);

        if (!dsc || !strcmp(dsc, missing))
            continue;
        folder = folder_of(dsc, parts);
        if (folder_fill(exact, dsc, folder, parts))
            warn("deb:%s: %s cannot be fetched; %s is used", package, missing,
                 dsc);
        else
            folder = NULL;
        free(exact);
        free(dsc);
    }
    return folder;
}

/*
 * The folder, or NULL; *dsc: what it is made from, or NULL. The lists are
 * fetched again if it must be there.
 */
static char *source_find(const char *package, bool must, char **dsc,
                         const char *const *parts)
{
    bool filled = false, fresh;
    char *folder = NULL;
    struct lock *lock = cache_lock("apt");

    *dsc = NULL;
    fresh = state_make();
    for (int tries = fresh; tries <= (must || fresh) && !filled; tries++) {
        if (tries == 1)
            lists_fetch();
        free(*dsc);
        *dsc = dsc_find(package);
        if (!*dsc)
            continue;
        free(folder);
        folder = folder_of(*dsc, parts);
        filled = folder_fill(package, *dsc, folder, parts);
    }
    if (!filled && *dsc && !strchr(package, '='))
        folder = fetch_other(package, *dsc, parts);
    else if (!filled)
        folder = NULL;
    cache_unlock(lock);
    return folder;
}

char *deb_source_or_none(const char *package)
{
    char *dsc, *folder = NULL;

    if (valid_name(package))
        folder = source_find(package, false, &dsc, NULL);
    return folder;
}

char *deb_source_parts(const char *package, const char *const *parts)
{
    char *dsc, *folder;

    if (!valid_name(package))
        die("deb:%s: not a Debian package name", package);
    folder = source_find(package, true, &dsc, parts);
    if (!dsc)
        die("deb:%s: no Debian source package has this name", package);
    if (!folder)
        die("deb:%s: cannot be fetched; the log is %s/log", package, state);
    free(dsc);
    return folder;
}

/* apt is asked once in a run, which may be for many architectures. */
char *deb_source(const char *package)
{
    static struct {
        char *key, *value;
    } *found;

    if (shgeti(found, KEY(package)) < 0)
        shput(found, xstrdup(package), deb_source_parts(package, NULL));
    return xstrdup(shget(found, KEY(package)));
}
