/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_extract.c: takes an executable apart: its records become a folder
 * of modules, NNN.bc with NNN.command, NNN.o where there is no bitcode.
 * What it reads may be hostile; nothing is believed before it is checked.
 */
#include "arch.h"
#include "build.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *arch_of(const unsigned char *h)
{
    bool big = h[EI_DATA] == ELFDATA2MSB;
    const struct arch *a;
    int machine = big ? h[18] << 8 | h[19] : h[19] << 8 | h[18];

    for (unsigned i = 0; (a = arch_at(i)); i++)
        if (a->machine == machine && a->big == big &&
            (a->bits == 64) == (h[EI_CLASS] == ELFCLASS64))
            return a->name;
    return "another machine";
}

int extract_check(const char *path, const char *arch)
{
    const char *p, *why, *found;
    size_t n, size;
    char *bytes = file_read(path, &n);
    int has = -1;

    if (!bytes)
        die("%s: cannot read: %s", path, file_why(path));
    has = record_section(bytes, n, &p, &size, &why);
    if (n < sizeof(Elf32_Ehdr) && has >= 0) {
        has = -1;
        why = "damaged ELF header";
    }
    if (has < 0) {
        error("%s: %s", path, why);
    } else {
        found = arch_of((const unsigned char *)bytes);
        if (strcmp(found, arch) != 0) {
            error("%s: built for %s, but the target is %s", path, found, arch);
            has = -1;
        }
    }
    free(bytes);
    return has;
}

/* Thumb is how arm's bitcode is compiled, not another machine. */
static bool is_triple_of(const char *triple, const struct arch *a)
{
    static const char thumb[] = "thumb", arm[] = "arm";
    const char *own = a->triple;

    if (has_prefix(triple, thumb) && has_prefix(own, arm)) {
        triple += strlen(thumb);
        own += strlen(arm);
    }
    size_t n = strcspn(triple, "-\"");
    return n == strcspn(own, "-") && !strncmp(triple, own, n);
}

bool extract_check_bitcode(const char *path, const char *arch, const char *name)
{
    static const char dis[] = LLVM_BIN "/llvm-dis",
                      key[] = "\ntarget triple = \"";
    const char *argv[] = {dis, "-o", "-", path, NULL};
    struct buf out = {0};
    struct run how = {.out = "/dev/null", .timeout_seconds = 120};
    int status = run_capture(argv, &how, &out);
    const char *triple = strstr(out.p, key);
    bool ok = false;

    if (triple)
        triple += strlen(key);
    if (status != 0)
        error("%s: damaged bitcode (LLVM %s it)", name,
              status > 128 ? "crashes on" : "cannot read");
    else if (!triple)
        error("%s: bitcode without a target triple", name);
    else if (!is_triple_of(triple, arch_find(arch)))
        error("%s: built for %.*s, but the target is %s", name,
              (int)strcspn(triple, "\""), triple, arch);
    else
        ok = true;
    buf_free(&out);
    return ok;
}

bool extract_check_modules(const char *dir, const char *arch, const char *name)
{
    char **names = dir_list(dir);
    bool ok = true;

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = path_join(dir, names[i]);
        if (ok && has_suffix(names[i], ".bc"))
            ok = extract_check_bitcode(path, arch, name);
        free(path);
        free(names[i]);
    }
    arrfree(names);
    return ok;
}

/* The words of a command record: cwd, argv ...; false if it is not that. */
static bool valid_command(const struct record *r)
{
    return r->size > 0 && r->data[r->size - 1] == 0;
}

/* Of a compile whose front-end run failed: its source and how to see why. */
static void explain_missing(const char *program, const struct record *r)
{
    struct buf words = {0};

    for (const char *w = r->data; w < r->data + r->size; w += strlen(w) + 1)
        buf_printf(&words, w == r->data ? "cd %s &&" : " %s", w);
    error("%s: one of its objects has no bitcode: the front end could not "
          "compile its source to bitcode",
          program);
    evidence("%s", words.p);
    buf_free(&words);
}

static bool write_records(const struct program *p, const char *to,
                          struct record *records)
{
    const struct record *payload = NULL;
    int number = 0;

    for (size_t i = 0; i < arrlenu(records); i++) {
        const struct record *r = &records[i];

        if (r->kind == RECORD_BITCODE || r->kind == RECORD_NATIVE) {
            payload = r;
        } else if (r->kind == RECORD_COMMAND) {
            char *base = format("%s/%03d", to, number++);
            char *command = format("%s.command", base);

            if (!valid_command(r)) {
                error("%s: damaged command record", p->path);
                return false;
            }
            if (!payload) {
                explain_missing(p->name, r);
                return false;
            }
            file_write(format("%s.%s", base,
                              payload->kind == RECORD_BITCODE ? "bc" : "o"),
                       payload->data, payload->size);
            file_write(command, r->data, r->size);
            payload = NULL;
        }
    }
    if (!number)
        error("%s: it has no modules", p->path);
    return number > 0;
}

/*
 * The modules in SSA form, once for all that will read them: they are a third
 * smaller. One that cannot be read stays as it is, for the analyzer to refuse.
 */
static void promote(const char *dir)
{
    char *analyze = path_join(bin_dir(), "unicore-analyze");
    const char *argv[] = {analyze, "--promote", "--app", dir, NULL};

    run(argv, &(struct run){.out = "/dev/null"});
    free(analyze);
}

bool extract_program(const struct program *p, const char *to)
{
    char *tmp = format("%s.tmp", to), *native = path_join(tmp, "native");
    struct record *records = NULL;
    const char *data, *why = "it carries no bitcode";
    size_t n, size;
    char *bytes = file_read(p->path, &n);
    bool ok = false;

    if (!bytes)
        die("%s: cannot read: %s", p->path, strerror(errno));
    remove_tree(tmp);
    make_dirs(tmp);
    if (record_section(bytes, n, &data, &size, &why) != 1)
        error("%s: %s", p->path, why);
    else if (!record_split(data, size, &records))
        error("%s: damaged records in its section .unicore", p->path);
    else
        ok = write_records(p, tmp, records);
    if (ok) {
        promote(tmp);
        copy_file(p->path, native);
        chmod(native, 0755);
        remove_tree(to);
        if (rename(tmp, to) != 0)
            die("%s: %s", to, strerror(errno));
    }
    remove_tree(tmp);
    arrfree(records);
    free(bytes);
    free(native);
    free(tmp);
    return ok;
}
