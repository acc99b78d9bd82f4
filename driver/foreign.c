/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.c: loaded into what a build for another architecture runs (by
 * LD_PRELOAD), so that the programs it has built can be run by it: QEMU's user
 * mode starts them. Configure then tests what it would test on such a machine,
 * and a generator that a Makefile builds does its work. Who asks what machine
 * this is, is told that one.
 *
 * UNICORE_QEMU is QEMU's name, UNICORE_QEMU_MACHINE the number of the machine
 * in ELF headers, UNICORE_QEMU_UNAME its name. All ways to start a program are
 * the C library's own, whose inner calls cannot be caught: each is defined
 * here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

enum {
    MORE_WORDS = 4, /* than the program's own, and the end */
    PATH_MOST = 4096
};

/* Is it a program of that machine? */
static bool is_foreign(const char *path)
{
    const char *machine = getenv("UNICORE_QEMU_MACHINE");
    unsigned char h[EI_NIDENT + 4] = {0};
    int fd = machine ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t n = fd < 0 ? 0 : read(fd, h, sizeof h);
    const unsigned char *of = h + EI_NIDENT + 2; /* two bytes */

    if (fd >= 0)
        close(fd);
    if (n != sizeof h || memcmp(h, ELFMAG, SELFMAG) != 0)
        return false;
    return atoi(machine) == (h[EI_DATA] == ELFDATA2MSB ? of[0] << 8 | of[1]
                                                       : of[1] << 8 | of[0]);
}

/* Where execvp would find it; false: nowhere, or no name. */
static bool find(const char *name, char path[PATH_MOST])
{
    const char *dirs = getenv("PATH");
    size_t length = name ? strlen(name) : PATH_MOST;

    if (length >= PATH_MOST)
        return false;
    if (strchr(name, '/') || !dirs)
        return memcpy(path, name, length + 1);
    for (size_t n; *dirs; dirs += n + !!dirs[n]) {
        struct stat st;
        n = strcspn(dirs, ":");
        if (n + length + 2 > PATH_MOST)
            continue;
        memcpy(path, dirs, n);
        path[n] = '/';
        memcpy(path + n + 1, name, length + 1);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
            access(path, X_OK) == 0)
            return true;
    }
    return false;
}

/* ---- the command ---- */

/*
 * QEMU's words for a foreign program. Between fork and exec nothing may be
 * allocated but on the stack.
 */
static char **words(char *to[], char *qemu, const char *path,
                    char *const argv[])
{
    static char name[] = "-0";
    size_t n = 0;

    to[n++] = qemu;
    to[n++] = name;
    to[n++] = argv[0];
    to[n++] = (char *)(uintptr_t)path;
    while (*++argv)
        to[n++] = *argv;
    to[n] = NULL;
    return to;
}

static size_t room(char *const argv[])
{
    size_t n = 0;

    while (argv[n])
        n++;
    return n + MORE_WORDS;
}

typedef int (*exec)(const char *, char *const[], char *const[]);
typedef int (*spawn)(pid_t *, const char *, const posix_spawn_file_actions_t *,
                     const posix_spawnattr_t *, char *const[], char *const[]);

int execve(const char *path, char *const argv[], char *const env[])
{
    exec next = (exec)dlsym(RTLD_NEXT, "execve");
    char qemu[PATH_MOST];

    if (!argv[0] || !is_foreign(path) || !find(getenv("UNICORE_QEMU"), qemu))
        return next(path, argv, env);
    char *to[room(argv)];
    return next(qemu, words(to, qemu, path, argv), env);
}

int execv(const char *path, char *const argv[])
{
    return execve(path, argv, environ);
}

int execvpe(const char *name, char *const argv[], char *const env[])
{
    char path[PATH_MOST];
    exec next = (exec)dlsym(RTLD_NEXT, "execvpe");

    if (find(name, path) && is_foreign(path))
        return execve(path, argv, env);
    return next(name, argv, env);
}

int execvp(const char *name, char *const argv[])
{
    return execvpe(name, argv, environ);
}

static int start_child(pid_t *pid, const char *path,
                       const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[],
                       char *const env[])
{
    spawn next = (spawn)dlsym(RTLD_NEXT, "posix_spawn");

    char qemu[PATH_MOST];

    if (!argv[0] || !is_foreign(path) || !find(getenv("UNICORE_QEMU"), qemu))
        return next(pid, path, actions, attributes, argv, env);
    char *to[room(argv)];
    return next(pid, qemu, actions, attributes, words(to, qemu, path, argv),
                env);
}

int posix_spawn(pid_t *restrict pid, const char *restrict path,
                const posix_spawn_file_actions_t *restrict actions,
                const posix_spawnattr_t *restrict attributes,
                char *const argv[restrict], char *const env[restrict])
{
    return start_child(pid, path, actions, attributes, argv, env);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict name,
                 const posix_spawn_file_actions_t *restrict actions,
                 const posix_spawnattr_t *restrict attributes,
                 char *const argv[restrict], char *const env[restrict])
{
    char path[PATH_MOST];
    spawn next = (spawn)dlsym(RTLD_NEXT, "posix_spawnp");

    if (find(name, path) && is_foreign(path))
        return start_child(pid, path, actions, attributes, argv, env);
    return next(pid, name, actions, attributes, argv, env);
}

/* ---- uname ---- */

int uname(struct utsname *u)
{
    int (*next)(struct utsname *) =
        (int (*)(struct utsname *))dlsym(RTLD_NEXT, "uname");
    const char *machine = getenv("UNICORE_QEMU_UNAME");
    int result = next(u);

    if (result == 0 && machine && strlen(machine) < sizeof u->machine)
        memcpy(u->machine, machine, strlen(machine) + 1);
    return result;
}
