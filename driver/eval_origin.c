/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_origin.c: with what something was measured: the tools' commit, the
 * pools, the versions of all that makes, runs or counts an image, and the
 * processor that the seconds are of. What is not there is null.
 */
#include "eval.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first line that a command prints, or NULL. */
static json_t *first_line_of(const char *const *argv)
{
    struct buf b = {0};
    struct run how = {.out = "/dev/null"};
    json_t *text = NULL;

    if (run_capture(argv, &how, &b) == 0 && b.n) {
        b.p[strcspn(b.p, "\n")] = 0;
        text = json_string(b.p);
    }
    buf_free(&b);
    return text ? text : json_null();
}

static json_t *commit(void)
{
    const char *root = source_root();
    const char *head[] = {"git", "-C", root, "rev-parse", "HEAD", NULL};
    const char *changes[] = {"git",    "-C",          root,
                             "status", "--porcelain", "--untracked-files=no",
                             NULL};
    json_t *name = first_line_of(head), *changed = first_line_of(changes);

    if (json_is_string(name) && json_is_string(changed)) {
        char *text = format("%s, changed", json_string_value(name));
        json_decref(name);
        name = json_string(text);
        free(text);
    }
    json_decref(changed);
    return name;
}

/* The value of a line `KEY : VALUE` of /proc/cpuinfo. */
static json_t *processor(void)
{
    char *text = stream_read("/proc/cpuinfo", NULL);
    char *line = text ? strstr(text, "model name") : NULL;
    char *value = line ? strchr(line, ':') : NULL;
    json_t *name = NULL;

    if (value) {
        value += strspn(value, ": \t");
        value[strcspn(value, "\n")] = 0;
        name = json_string(value);
    }
    free(text);
    return name ? name : json_null();
}

static json_t *pools(struct target *targets)
{
    json_t *o = json_object();

    for (size_t i = 0; i < arrlenu(targets); i++) {
        const char *arch = targets[i].arch;
        char *dir = json_object_get(o, arch) ? NULL : pool_dir(arch);
        if (dir)
            json_object_set_new(o, arch, json_string(path_base(dir)));
        free(dir);
    }
    return o;
}

static json_t *package(const char *name)
{
    const char *argv[] = {"dpkg-query", "-W", "-f", "${Package} ${Version}",
                          name,         NULL};

    return first_line_of(argv);
}

json_t *origin_json(struct target *targets)
{
    const char *clang[] = {LLVM_BIN "/clang", "--version", NULL};
    const char *qemu[] = {"qemu-system-x86_64", "--version", NULL};
    const char *strace[] = {"strace", "--version", NULL};
    json_t *o = json_object();

    json_object_set_new(o, "unicore", json_string(UNICORE_VERSION));
    json_object_set_new(o, "commit", commit());
    json_object_set_new(o, "pools", pools(targets));
    json_object_set_new(o, "clang", first_line_of(clang));
    json_object_set_new(o, "qemu", first_line_of(qemu));
    json_object_set_new(o, "strace", first_line_of(strace));
    json_object_set_new(o, "glibc", package("libc6-dev"));
    json_object_set_new(o, "lld", package("lld-19"));
    json_object_set_new(o, "processor", processor());
    json_object_set_new(o, "processors",
                        json_integer(sysconf(_SC_NPROCESSORS_ONLN)));
    return o;
}
