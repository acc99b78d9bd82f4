/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: files and folders; whatever is written appears whole or not. */
#define _GNU_SOURCE
#include "common.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

char *path_join(const char *dir, const char *name)
{
    if (name[0] == '/' || !dir[0])
        return xstrdup(name);
    return format("%s%s%s", dir, has_suffix(dir, "/") ? "" : "/", name);
}

char *path_dir(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return xstrdup(".");
    return xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *file_kind(const char *path)
{
    struct stat st;

    if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
        return NULL;
    return S_ISDIR(st.st_mode)                          ? "a folder"
           : S_ISFIFO(st.st_mode)                       ? "a named pipe"
           : S_ISSOCK(st.st_mode)                       ? "a socket"
           : S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode) ? "a device"
                                                        : "not a file";
}

const char *file_why(const char *path)
{
    static char why[64];
    int saved = errno;
    const char *kind = file_kind(path);

    if (!kind)
        return strerror(saved);
    snprintf(why, sizeof why, "%s found, expected a file", kind);
    return why;
}

static char *read_all(int fd, size_t *n)
{
    struct buf b = {0};
    char chunk[65536];
    ssize_t got;

    while ((got = read(fd, chunk, sizeof chunk)) > 0)
        buf_add(&b, chunk, (size_t)got);
    int saved = errno;
    close(fd);
    if (got < 0) {
        buf_free(&b);
        errno = saved;
        return NULL;
    }
    if (!b.p)
        buf_add(&b, "", 0);
    if (n)
        *n = b.n;
    return b.p;
}

/* /dev/null ends at once, and serves as an empty file. */
static bool is_endless(int fd)
{
    struct stat st;

    return fstat(fd, &st) != 0 ||
           (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode) &&
            !(S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3)));
}

char *file_read(const char *path, size_t *n)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return NULL;
    if (is_endless(fd)) {
        close(fd);
        errno = EINVAL;
        return NULL;
    }
    return read_all(fd, n);
}

char *stream_read(const char *path, size_t *n)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    return fd < 0 ? NULL : read_all(fd, n);
}

void file_write(const char *path, const void *p, size_t n)
{
    char *tmp = format("%s.tmp.%d", path, (int)getpid());
    FILE *f = fopen(tmp, "wbe");
    bool ok = f && fwrite(p, 1, n, f) == n;
    int saved = errno;

    if (f && fclose(f) != 0 && ok) {
        ok = false;
        saved = errno;
    }
    if (ok && rename(tmp, path) != 0) {
        ok = false;
        saved = errno;
    }
    if (!ok) {
        unlink(tmp);
        die("%s: cannot write: %s", path, strerror(saved));
    }
    free(tmp);
}

bool disk_lacks(const char *dir, uint64_t bytes)
{
    struct statvfs v;

    return statvfs(dir, &v) == 0 && v.f_frsize &&
           (v.f_bavail < bytes / v.f_frsize || (v.f_files && !v.f_favail));
}

void make_dirs(const char *path)
{
    char *copy = xstrdup(path);

    for (char *p = copy + 1;; p++) {
        if (*p && *p != '/')
            continue;
        char c = *p;
        *p = 0;
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            die("%s: cannot make the folder: %s", copy, strerror(errno));
        *p = c;
        if (!c)
            break;
    }
    if (!is_dir(copy))
        die("%s: not a folder", copy);
    free(copy);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void remove_tree(const char *path)
{
    nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS);
}

void copy_file(const char *from, const char *to)
{
    size_t n;
    struct stat st;
    char *p = file_read(from, &n);

    if (!p || stat(from, &st) != 0)
        die("%s: cannot read: %s", from, strerror(errno));
    file_write(to, p, n);
    chmod(to, st.st_mode & 07777);
    free(p);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **dir_list(const char *dir)
{
    char **names = NULL;
    DIR *d = opendir(dir);
    struct dirent *e;

    if (!d)
        return NULL;
    while ((e = readdir(d)))
        if (e->d_name[0] != '.')
            arrput(names, xstrdup(e->d_name));
    closedir(d);
    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    return names;
}

const char *bin_dir(void)
{
    static char *dir;
    char exe[PATH_MAX];

    if (dir)
        return dir;
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n < 0)
        die_ours("cannot find the running command: %s", strerror(errno));
    exe[n] = 0;
    dir = path_dir(exe);
    return dir;
}

/* Installed, the tree is around the commands' folder; else it was built from.
 */
const char *source_root(void)
{
    static char *root;
    char *above, *pool;

    if (root)
        return root;
    if (getenv("UNICORE_ROOT"))
        return root = xstrdup(getenv("UNICORE_ROOT"));
    above = path_dir(bin_dir());
    pool = path_join(above, "libpool");
    root = is_dir(pool) ? above : xstrdup(UNICORE_SOURCE_ROOT);
    free(pool);
    return root;
}
