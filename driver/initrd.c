/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initrd.c: the folder of --root as a cpio archive ("newc"), the form that
 * libpool/fs/ramfs reads. Same folder, same bytes: names are sorted, owners
 * are root, inode numbers count up, so hard links become separate files.
 */
#include "specialize.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *path, struct archive *a)
{
    error("--root: %s: %s", path,
          a ? archive_error_string(a) : strerror(errno));
    return false;
}

static bool add_data(struct archive *a, const char *path, size_t expected)
{
    size_t n;
    char *p = file_read(path, &n);
    bool ok;

    if (!p)
        return fail(path, NULL);
    ok = n == expected && archive_write_data(a, p, n) == (la_ssize_t)n;
    free(p);
    if (!ok)
        error("--root: %s: changed while it was read", path);
    return ok;
}

static bool add_one(struct archive *a, const char *path, const char *name,
                    const struct stat *st)
{
    struct archive_entry *e = archive_entry_new();
    char target[4096];
    bool ok = true;

    archive_entry_set_pathname(e, name);
    archive_entry_set_mode(e, st->st_mode);
    archive_entry_set_mtime(e, st->st_mtime, 0);
    archive_entry_set_nlink(e, 1);
    archive_entry_set_size(e, S_ISREG(st->st_mode) ? st->st_size : 0);
    if (S_ISLNK(st->st_mode)) {
        ssize_t n = readlink(path, target, sizeof target - 1);
        if (n < 0)
            return fail(path, NULL);
        target[n] = 0;
        archive_entry_set_symlink(e, target);
    }
    if (archive_write_header(a, e) != ARCHIVE_OK)
        ok = fail(path, a);
    archive_entry_free(e);
    if (ok && S_ISREG(st->st_mode))
        ok = add_data(a, path, (size_t)st->st_size);
    return ok;
}

/* What an image's file system can hold; once, anything else is named. */
static bool can_hold(const char *path, const struct stat *st)
{
    static struct name {
        char *key;
        int value;
    } *told;

    if (S_ISREG(st->st_mode) || S_ISLNK(st->st_mode) || S_ISDIR(st->st_mode))
        return true;
    if (!told)
        sh_new_strdup(told);
    if (shgeti(told, KEY(path)) < 0)
        warn("--root: %s: left out: it is %s", path, file_kind(path));
    shput(told, KEY(path), 1);
    return false;
}

static int visible(const struct dirent *e)
{
    return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Adds what is in the folder `path`, which the archive calls `prefix`. */
static bool add_tree(struct archive *a, const char *path, const char *prefix)
{
    struct dirent **names;
    int n = scandir(path, &names, visible, by_bytes);
    bool ok = n >= 0 || fail(path, NULL);

    for (int i = 0; i < n; i++) {
        char *from = path_join(path, names[i]->d_name);
        char *name = format("%s%s", prefix, names[i]->d_name);
        char *below = format("%s/", name);
        struct stat st;

        if (ok && lstat(from, &st) != 0)
            ok = fail(from, NULL);
        if (ok && can_hold(from, &st))
            ok = add_one(a, from, name, &st);
        if (ok && S_ISDIR(st.st_mode))
            ok = add_tree(a, from, below);
        free(from);
        free(name);
        free(below);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return ok;
}

bool initrd_write(const char *root, const char *path)
{
    struct archive *a = archive_write_new();
    bool ok = archive_write_set_format_cpio_newc(a) == ARCHIVE_OK &&
              archive_write_set_bytes_in_last_block(a, 1) == ARCHIVE_OK &&
              archive_write_open_filename(a, path) == ARCHIVE_OK;

    ok = ok ? add_tree(a, root, "") : fail(path, a);
    if (archive_write_close(a) != ARCHIVE_OK && ok)
        ok = fail(path, a);
    archive_write_free(a);
    return ok;
}
