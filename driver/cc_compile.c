/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc_compile.c: one source to one fat object.
 *
 * Two runs of clang at a time: the user's own compile to native code, whose
 * messages and exit status are the wrapper's, and the front end alone to
 * bitcode, which says nothing. Both results are then one object. If only the
 * front-end run fails, the object has a command record without bitcode, and
 * whoever needs the bitcode can replay the command to see why.
 *
 * Assembly has no bitcode; its record holds the native object.
 */
#include "cc.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char ***argv, const char *s)
{
    arrput(*argv, s);
}

static void put_all(const char ***argv, const char *const *list)
{
    for (; *list; list++)
        put(argv, *list);
}

/* gcc 12 accepts with a warning what clang 19 refuses by default. */
static const char *const lenient[] = {
    "-Wno-error=implicit-function-declaration",
    "-Wno-error=implicit-int",
    "-Wno-error=int-conversion",
    "-Wno-error=incompatible-function-pointer-types",
    "-Wno-error=return-mismatch",
    NULL,
};

/* The program's own flags come later, and win. */
static const char stack_protector[] = "-fstack-protector-strong";

/* See docs/ARCHITECTURE.md for why these. */
static const char *const front_end[] = {
    "-Oz",
    "-w",
    "-fno-pic",
    "-gline-tables-only",
    "-fno-asynchronous-unwind-tables",
    "-fno-unwind-tables",
    "-Qunused-arguments",
    "-Xclang",
    "-disable-llvm-passes",
    "-Xclang",
    "-fsanitize=cfi-icall",
    "-Xclang",
    "-fsanitize-trap=cfi-icall",
    "-emit-llvm",
    NULL,
};

void compile_base(const char ***argv, const struct command *c)
{
    put(argv, LLVM_BIN "/clang");
    put(argv, format("--target=%s", cross.arch->triple));
    put_all(argv, cross.arch->flags);
    if (!c->no_headers) {
        put(argv, "-nostdlibinc");
        put(argv, "-idirafter");
        put(argv, path_join(cross.sysroot, "include"));
    }
    if (!c->pic)
        put(argv, "-fno-pie");
    put_all(argv, lenient);
}

static void put_arg(const char ***argv, const struct arg *a)
{
    put(argv, a->text);
    if (a->value)
        put(argv, a->value);
}

static void put_source(const char ***argv, const struct arg *source,
                       const char *object)
{
    put_all(argv, (const char *const[]){"-x", source->lang, source->text, "-c",
                                        "-o", object, NULL});
    put(argv, NULL);
}

/* clang would name the dependency file after the temporary object. */
static void put_deps(const char ***argv, const struct command *c,
                     const struct arg *source)
{
    const char *from = c->output ? c->output : source->text;
    char *dir = c->output ? path_dir(from) : NULL;
    char *file = args_object_name(from, ".d");

    for (size_t i = 0; i < arrlenu(c->args); i++)
        if (!strcmp(c->args[i].text, "-MF"))
            return;
    put(argv, "-MF");
    put(argv, dir ? path_join(dir, file) : file);
    put(argv, "-MT");
    put(argv, c->output ? c->output : args_object_name(from, ".o"));
}

static const char **native_argv(const struct command *c,
                                const struct arg *source, const char *object)
{
    const char **argv = NULL;

    compile_base(&argv, c);
    for (size_t i = 0; i < arrlenu(c->args); i++)
        if (c->args[i].use == USE_COMPILE || c->args[i].use == USE_NATIVE)
            put_arg(&argv, &c->args[i]);
    if (c->deps && c->mode == MODE_LINK)
        put_deps(&argv, c, source);
    put_source(&argv, source, object);
    return argv;
}

static const char **front_end_argv(const struct command *c,
                                   const struct arg *source, const char *out)
{
    const char **argv = NULL;

    compile_base(&argv, c);
    put(&argv, stack_protector);
    for (size_t i = 0; i < arrlenu(c->args); i++)
        if (args_front_end(&c->args[i]))
            put_arg(&argv, &c->args[i]);
    put_all(&argv, front_end);
    put_all(&argv, cross.arch->image);
    put_all(&argv, cross.arch->bitcode);
    put_source(&argv, source, out);
    return argv;
}

/* What a replay needs: the folder, and the compile as a unicore-cc command. */
static struct buf command_record(const struct command *c,
                                 const struct arg *source, const char *object)
{
    char *cwd = realpath(".", NULL);
    struct buf b = {0};
    const char **argv = NULL;

    put(&argv, cwd ? cwd : ".");
    put(&argv, "unicore-cc");
    for (size_t i = 0; i < arrlenu(c->args); i++)
        if (c->args[i].use == USE_COMPILE)
            put_arg(&argv, &c->args[i]);
    put_source(&argv, source, object);
    for (const char **p = argv; *p; p++)
        buf_add(&b, *p, strlen(*p) + 1);
    arrfree(argv);
    free(cwd);
    return b;
}

/* stdin can be read once, but there are two compiles. */
static char *spool_stdin(void)
{
    char *path = path_join(cross_tmp(), "stdin.c");
    size_t n;
    char *text = stream_read("/dev/stdin", &n);

    if (!text)
        die("cannot read the source from stdin: %s", strerror(errno));
    file_write(path, text, n);
    free(text);
    return path;
}

static bool is_regular(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* A full disk is no property of the source: it must not be recorded as one. */
static void check_space(void)
{
    if (disk_lacks(cross_tmp(), DISK_LEAST))
        die("%s: " NO_SPACE, cross_tmp());
}

static int finish(const char *object, const char *bitcode,
                  const struct buf *command)
{
    struct buf records = {0};
    size_t n;
    char *p = bitcode ? file_read(bitcode, &n) : NULL;

    if (!p)
        check_space();
    if (p)
        record_add(&records, RECORD_BITCODE, p, n);
    record_add(&records, RECORD_COMMAND, command->p, command->n);
    if (!attach_section(object, &records)) {
        check_space();
        die_ours("%s: cannot add the bitcode to the object", object);
    }
    buf_free(&records);
    free(p);
    return 0;
}

/* The front-end run alone, for a replay with another sysroot. */
static int emit_bitcode(const struct command *c, const struct arg *source,
                        const char *out)
{
    return cross_wait(cross_start(front_end_argv(c, source, out), NULL, NULL));
}

/* The same run as words, each ended by NUL, for who parses the source. */
static int emit_command(const struct command *c, const struct arg *source,
                        const char *out)
{
    const char **argv = front_end_argv(c, source, out);

    for (const char **p = argv; *p; p++)
        fwrite(*p, 1, strlen(*p) + 1, stdout);
    arrfree(argv);
    return 0;
}

int compile_source(const struct command *c, const struct arg *source,
                   const char *object)
{
    const char *emit = getenv("UNICORE_EMIT");
    bool assembly = has_prefix(source->lang, "assembler");
    struct buf command = command_record(c, source, object);
    char *bitcode = NULL, *in = NULL;
    pid_t back, front = -1;
    int status, front_status = 0;

    if (emit && !strcmp(emit, "bitcode"))
        return emit_bitcode(c, source, object);
    if (emit && !strcmp(emit, "command"))
        return emit_command(c, source, object);
    if (!strcmp(source->text, "-"))
        in = spool_stdin();
    back = cross_start(native_argv(c, source, object), in, NULL);
    if (!assembly) {
        bitcode = format("%s/%d.bc", cross_tmp(), (int)back);
        front =
            cross_start(front_end_argv(c, source, bitcode), in, "/dev/null");
    }
    status = cross_wait(back);
    if (front > 0) {
        if (status)
            kill(front, SIGTERM);
        front_status = cross_wait(front);
    }
    if (!status && is_regular(object)) {
        if (assembly)
            attach_native(object, &command);
        else
            finish(object, front_status ? NULL : bitcode, &command);
    }
    if (bitcode)
        unlink(bitcode);
    buf_free(&command);
    return status;
}

int compile_objects(const struct command *c)
{
    if (c->output && c->sources > 1)
        die("-o %s: one output, but %d sources (-c)", c->output, c->sources);
    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const struct arg *a = &c->args[i];
        char *object;
        int status;

        if (a->use != USE_SOURCE)
            continue;
        object =
            c->output ? xstrdup(c->output) : args_object_name(a->text, ".o");
        status = compile_source(c, a, object);
        free(object);
        if (status)
            return status;
    }
    return 0;
}
