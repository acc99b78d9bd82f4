/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * publish.c: products appear whole: a job works in DIR.new.PID and renames it.
 *
 * What a killed run left is removed by the next one for the same DIR. A folder
 * is in use while its process lives or its lock is held: a process number says
 * nothing across containers, and a folder is made before it is locked.
 */
#define _GNU_SOURCE
#include "specialize.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Those that this process made; each is locked by its descriptor. */
static struct working {
    char *dir;
    int lock;
} *working;
static pid_t made_by;

void work_close(void)
{
    while (arrlenu(working)) {
        struct working w = arrpop(working);
        remove_tree(w.dir);
        close(w.lock);
        free(w.dir);
    }
}

/* A child that ends early leaves them to the process that made them. */
static void close_at_exit(void)
{
    if (getpid() == made_by)
        work_close();
}

/* The process in NAME.new.PID, NAME.old.PID and what is made of them. */
static pid_t owner(const char *entry, const char *name)
{
    size_t n = strlen(name);
    const char *kind = entry + n;

    if (strncmp(entry, name, n) != 0 ||
        (!has_prefix(kind, ".new.") && !has_prefix(kind, ".old.")) ||
        !isdigit((unsigned char)kind[5]))
        return 0;
    return (pid_t)strtol(kind + 5, NULL, 10);
}

static bool is_stale(const char *path, pid_t pid)
{
    int fd;
    bool free_lock;

    if (kill(pid, 0) == 0 || errno != ESRCH)
        return false;
    fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    free_lock = flock(fd, LOCK_EX | LOCK_NB) == 0;
    close(fd);
    return free_lock;
}

static void remove_stale(const char *dir)
{
    char *parent = path_dir(dir);
    char **names = dir_list(parent);

    for (size_t i = 0; i < arrlenu(names); i++) {
        pid_t pid = owner(names[i], path_base(dir));
        char *path = path_join(parent, names[i]);
        if (pid > 0 && is_stale(path, pid)) {
            /* killed between two renames: the old products were whole */
            if (has_prefix(names[i] + strlen(path_base(dir)), ".old."))
                (void)!rename(path, dir);
            remove_tree(path);
        }
        free(path);
        free(names[i]);
    }
    arrfree(names);
    free(parent);
}

char *work_open(const char *dir)
{
    struct working w = {.dir = format("%s.new.%d", dir, (int)getpid())};

    remove_stale(dir);
    remove_tree(w.dir); /* of another process of this number */
    make_dirs(w.dir);
    w.lock = open(w.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    flock(w.lock, LOCK_EX);
    if (!made_by)
        atexit(close_at_exit);
    made_by = getpid();
    arrput(working, w);
    return xstrdup(w.dir);
}

/* Without a moment in which nothing is there; old products are in made then. */
static bool exchange(const char *made, const char *dir)
{
    if (renameat2(AT_FDCWD, made, AT_FDCWD, dir, RENAME_EXCHANGE) != 0)
        return false;
    remove_tree(made);
    return true;
}

/* Where the file system cannot exchange, or nothing was there. */
static bool replace(const char *made, const char *dir)
{
    char *old = format("%s.old.%d", dir, (int)getpid());
    bool had = rename(dir, old) == 0;

    if (rename(made, dir) != 0) {
        error("%s: cannot write: %s", dir, strerror(errno));
        if (had)
            rename(old, dir);
        return false;
    }
    remove_tree(old);
    free(old);
    return true;
}

bool publish(const char *made, const char *dir)
{
    return exchange(made, dir) || replace(made, dir);
}
