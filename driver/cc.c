/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc.c: unicore-cc, a cross compiler for an unmodified build, and its twins.
 *
 *     make CC=unicore-cc AR=unicore-ar
 *
 * What it makes runs on Linux and carries its bitcode (ARCHITECTURE.md). One
 * binary under many names: unicore-ar, -ld, -strip ... The environment says
 * the rest: UNICORE_ARCH (x86_64), UNICORE_LIBC (musl), UNICORE_SYSROOT (else
 * unicore-pool is asked), UNICORE_COMMANDS (a file that logs each command),
 * UNICORE_EMIT=bitcode (-c makes bare bitcode: a replay) or =command (-c prints
 * the words of that run: a parse), UNICORE_WARN=1 (-Werror is not obeyed).
 *
 * It must start fast: a build runs it thousands of times, so no LLVM here.
 */
#define _GNU_SOURCE
#include "cc.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct cross cross;

static void remove_tmp(void)
{
    remove_tree(cross.tmp);
}

const char *cross_tmp(void)
{
    const char *base = getenv("TMPDIR");

    if (cross.tmp)
        return cross.tmp;
    cross.tmp = format("%s/unicore-cc.XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(cross.tmp))
        die("%s: cannot make a folder: %s", cross.tmp, strerror(errno));
    atexit(remove_tmp);
    return cross.tmp;
}

void cross_exec(const char **argv)
{
    fflush(NULL);
    execv(argv[0], (char **)(uintptr_t)argv);
    die("%s: cannot be run: %s", argv[0], strerror(errno));
}

pid_t cross_start(const char **argv, const char *in, const char *out)
{
    posix_spawn_file_actions_t files;
    pid_t pid;

    fflush(NULL);
    posix_spawn_file_actions_init(&files);
    if (in)
        posix_spawn_file_actions_addopen(&files, 0, in, O_RDONLY, 0);
    if (out) {
        posix_spawn_file_actions_addopen(&files, 1, out, O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&files, 1, 2);
    }
    int e = posix_spawn(&pid, argv[0], &files, NULL, (char **)(uintptr_t)argv,
                        environ);
    posix_spawn_file_actions_destroy(&files);
    if (e)
        die("%s: cannot be run: %s", argv[0], strerror(e));
    return pid;
}

int cross_wait(pid_t pid)
{
    int raw;

    while (waitpid(pid, &raw, 0) < 0)
        if (errno != EINTR)
            die_ours("wait: %s", strerror(errno));
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

static const char *env_or(const char *name, const char *otherwise)
{
    const char *s = getenv(name);

    return s && *s ? s : otherwise;
}

static const char *ask_sysroot(void)
{
    char *pool = path_join(bin_dir(), "unicore-pool");
    const char *argv[] = {pool,
                          "--arch",
                          cross.arch->name,
                          "--libc",
                          env_or("UNICORE_LIBC", "musl"),
                          "sysroot",
                          NULL};
    struct buf out = {0};

    if (run_capture(argv, NULL, &out) != 0)
        die("no sysroot: set UNICORE_SYSROOT, or see what unicore-pool says");
    out.p[strcspn(out.p, "\n")] = 0;
    return out.p;
}

static void set_up(void)
{
    static const char *const host[] = {"CPATH", "C_INCLUDE_PATH",
                                       "LIBRARY_PATH", "COMPILER_PATH",
                                       "GCC_EXEC_PREFIX"};

    const char *arch = env_or("UNICORE_ARCH", "x86_64");
    cross.arch = arch_find(arch);
    if (!cross.arch)
        die("UNICORE_ARCH: `%s' found, expected one of: %s", arch,
            arch_names());
    cross.commands = env_or("UNICORE_COMMANDS", NULL);
    cross.sysroot = env_or("UNICORE_SYSROOT", NULL);
    if (!cross.sysroot)
        cross.sysroot = ask_sysroot();
    for (size_t i = 0; i < sizeof host / sizeof *host; i++)
        unsetenv(host[i]);
}

/* One line a command, as a shell would take it; appended in one write. */
static void log_command(char **argv)
{
    struct buf b = {0};
    char *cwd = realpath(".", NULL);
    int fd;

    if (!cross.commands)
        return;
    buf_printf(&b, "cd '%s' &&", cwd ? cwd : ".");
    for (; *argv; argv++) {
        buf_str(&b, " '");
        for (const char *p = *argv; *p; p++)
            if (*p == '\'')
                buf_str(&b, "'\\''");
            else
                buf_add(&b, p, 1);
        buf_str(&b, "'");
    }
    buf_str(&b, "\n");
    fd = open(cross.commands, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0) {
        if (write(fd, b.p, b.n) < 0)
            warn("%s: %s", cross.commands, strerror(errno));
        close(fd);
    }
    buf_free(&b);
    free(cwd);
}

/* Questions whose answer is ours: libtool asks for the linker this way. */
static void answer(const struct command *c)
{
    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const char *s = c->args[i].text;
        const char *name = strchr(s, '=');

        if (!name || !has_prefix(s + (s[1] == '-'), "-print-"))
            continue;
        char *twin = format("%s/unicore-%s", bin_dir(), name + 1);
        char *file = format("%s/lib/%s", cross.sysroot, name + 1);

        if (strstr(s, "prog-name") && file_exists(twin))
            puts(twin);
        else if (strstr(s, "file-name") && file_exists(file))
            puts(file);
        else
            continue;
        exit(0);
    }
}

/* -E, -S, -M and questions: clang as the cross compiler, nothing added. */
_Noreturn static void text_command(const struct command *c)
{
    const char **argv = NULL;

    answer(c);
    compile_base(&argv, c);
    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const struct arg *a = &c->args[i];

        if (a->use == USE_LINK || a->use == USE_LIB || a->use == USE_DROP)
            continue;
        if (a->use == USE_SOURCE || a->use == USE_INPUT) {
            arrput(argv, "-x");
            arrput(argv, a->lang ? a->lang : "none");
        }
        arrput(argv, a->text);
        if (a->value)
            arrput(argv, a->value);
    }
    if (c->mode == MODE_OBJECT)
        arrput(argv, "-c");
    if (c->output) {
        arrput(argv, "-o");
        arrput(argv, c->output);
    }
    arrput(argv, NULL);
    cross_exec(argv);
}

static bool only_headers(const struct command *c)
{
    for (size_t i = 0; i < arrlenu(c->args); i++)
        if (c->args[i].lang && strcmp(c->args[i].lang, "c-header") == 0)
            return true;
    return false;
}

/* Meson asks `cc -Wl,--version` which linker there is. */
static void linker_question(const struct command *c)
{
    static const char *const words[] = {"--version", "-v", "-V"};

    for (size_t i = 0; i < arrlenu(c->args); i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (c->args[i].use == USE_LINK &&
                !strcmp(c->args[i].text, words[k])) {
                const char *argv[] = {LLVM_BIN "/ld.lld", words[k], NULL};
                cross_exec(argv);
            }
}

static int compiler(char **argv, bool preprocess)
{
    struct command c = {.args = NULL};

    argv = args_expand(argv);
    args_parse(&c, argv);
    if (getenv("UNICORE_WARN"))
        arrput(c.args, ((struct arg){USE_COMPILE, "-Wno-error", NULL, NULL}));
    for (size_t i = 0; preprocess && i < arrlenu(c.args); i++)
        if (c.args[i].use == USE_INPUT)
            c.args[i].lang = "c";
    if (preprocess) {
        arrput(c.args, ((struct arg){USE_COMPILE, "-E", NULL, NULL}));
        c.mode = MODE_TEXT;
    }
    if (c.mode == MODE_LINK && !c.inputs)
        linker_question(&c);
    if (c.mode == MODE_TEXT || !c.inputs || only_headers(&c) ||
        (c.mode == MODE_OBJECT && !c.sources))
        text_command(&c);
    return c.mode == MODE_OBJECT ? compile_objects(&c) : link_command(&c);
}

/* The tool that a name stands for: unicore-ar, and in a build ar, gcc-ar. */
static const char *tool_of(const char *name)
{
    static const char *const table[][2] = {
        {"gcc", "cc"},
        {"clang", "cc"},
        {"c89", "cc"},
        {"c99", "cc"},
        {"g++", "c++"},
        {"clang++", "c++"},
        {"gcc-ar", "ar"},
        {"gcc-nm", "nm"},
        {"gcc-ranlib", "ranlib"},
        {"ld.lld", "ld"},
        {"ld.bfd", "ld"},
        {"ld.gold", "ld"},
        {"pkgconf", "pkg-config"},
    };

    if (has_prefix(name, "unicore-"))
        name += strlen("unicore-");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(name, table[i][0]))
            return table[i][1];
    return name;
}

int main(int argc, char **argv)
{
    const char *name = tool_of(path_base(argv[0]));

    (void)argc;
    prog = path_base(argv[0]);
    set_up();
    log_command(argv);
    if (!strcmp(name, "c++") && plus_command)
        return plus_command(argv + 1);
    tools_run(name, argv + 1);
    if (strcmp(name, "cc") != 0 && strcmp(name, "cpp") != 0)
        die("no tool of this name");
    return compiler(argv + 1, !strcmp(name, "cpp"));
}
