/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * image.c: lld lays out image.dbg after the platform's image.lds; image is
 * its copy without symbols and section headers: the ELF header, the program
 * headers, and the bytes that they load. A machine or kernel reads no more.
 * Where the headers are not loaded, nobody reads them, and image is what is.
 */
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linker.h"

static const char *const fixed[] = {
    "-static",
    "-nostdlib",
    "--gc-sections",
    "--icf=all",
    "-z",
    "noexecstack",
    "-z",
    "norelro",
    "-z",
    "nostart-stop-gc",
    "-z",
    "max-page-size=4096",
    "--build-id=none",
    "--no-eh-frame-hdr",
    "--orphan-handling=place",
    "--no-warn-mismatch",
    "--warn-common",
    "-O2",
};

static void words(struct buf *b, const char *option, const char *value)
{
    buf_printf(b, "%s \"", option);
    for (const char *p = value; *p; p++)
        buf_printf(b, "%s%c", strchr("\"\\", *p) ? "\\" : "", *p);
    buf_str(b, "\"\n");
}

struct paths {
    char *object, *linked, *map, *options, *log;
};

/* Lines for threads, a program header among them, are for images with some;
 * so are those for tables of frames. */
static void without(struct link *l, const char *mark)
{
    char *text = file_read(l->script, NULL), *rest = text, *line;
    struct buf b = {0};

    if (!text)
        die_ours("%s: %s", l->script, strerror(errno));
    while ((line = strsep(&rest, "\n")))
        if (!strstr(line, mark))
            buf_printf(&b, "%s\n", line);
    l->script = path_join(l->out, "image.lds");
    file_write(l->script, b.p, b.n);
    buf_free(&b);
    free(text);
}

static void write_options(struct link *l, const struct paths *p)
{
    struct buf b = {0};

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (!is_off(l, SWITCH_icf) || !has_prefix(fixed[i], "--icf"))
            buf_printf(&b, "%s\n", fixed[i]);
    if (l->unwind)
        buf_str(&b, "--eh-frame-hdr\n");
    words(&b, "-o", p->linked);
    words(&b, "-Map", p->map);
    words(&b, "-T", l->script);
    words(&b, "", p->object);
    for (size_t i = 0; i < arrlenu(l->objects); i++)
        words(&b, "", l->objects[i]);
    if (l->late)
        words(&b, "", l->late);
    for (size_t i = 0; i < shlenu(l->unique); i++)
        words(&b, "--keep-unique", l->unique[i].key);
    file_write(p->options, b.p, b.n);
    buf_free(&b);
}

/* lld's complaints, as ours. */
static void tell(const struct paths *p)
{
    char *text = file_read(p->log, NULL), *save = NULL;
    int shown = 0;

    for (char *s = text ? strtok_r(text, "\n", &save) : NULL; s && shown < 20;
         s = strtok_r(NULL, "\n", &save)) {
        char *what = strstr(s, "error: ");
        if (what)
            error("%s", what + strlen("error: "));
        else
            evidence("%s", has_prefix(s, ">>> ") ? s + 4 : s);
        shown++;
    }
    free(text);
}

static bool run_lld(struct link *l, const struct paths *p)
{
    char *at = format("@%s", p->options);
    const char *argv[] = {LLVM_BIN "/ld.lld", at, NULL};
    struct run how = {.out = p->log};
    int status;

    unlink(p->log);
    status = run(argv, &how);
    free(at);
    if (status == 127)
        die("%s: cannot be run; is the package lld-19 installed?", argv[0]);
    if (status != 0) {
        tell(p);
        if (!error_syntax && disk_lacks(l->out, DISK_LEAST))
            error("%s: cannot write: " NO_SPACE, p->linked);
        if (!error_syntax)
            error("%s: exit status %d", argv[0], status);
        return false;
    }
    return true;
}

/* The end of the last loaded byte, headers included. */
static size_t end_of_load(Elf *e)
{
    size_t n = 0, end = 0;
    GElf_Phdr ph;
    GElf_Ehdr eh;

    gelf_getehdr(e, &eh);
    elf_getphdrnum(e, &n);
    end = eh.e_phoff + n * eh.e_phentsize;
    for (size_t i = 0; i < n; i++)
        if (gelf_getphdr(e, (int)i, &ph) && ph.p_filesz &&
            ph.p_offset + ph.p_filesz > end)
            end = ph.p_offset + ph.p_filesz;
    return end;
}

size_t image_start(Elf *e)
{
    size_t n = 0, start = SIZE_MAX;
    GElf_Phdr ph;

    elf_getphdrnum(e, &n);
    for (size_t i = 0; i < n; i++)
        if (gelf_getphdr(e, (int)i, &ph) && ph.p_type == PT_LOAD &&
            ph.p_filesz && ph.p_offset < start)
            start = ph.p_offset;
    return start;
}

/* Zeroes e_shoff, e_shnum, e_shstrndx in place; the same in both byte orders.
 */
static void forget_sections(char *p)
{
    if (p[EI_CLASS] == ELFCLASS64) {
        memset(p + offsetof(Elf64_Ehdr, e_shoff), 0, sizeof(Elf64_Off));
        memset(p + offsetof(Elf64_Ehdr, e_shentsize), 0, 6);
    } else {
        memset(p + offsetof(Elf32_Ehdr, e_shoff), 0, sizeof(Elf32_Off));
        memset(p + offsetof(Elf32_Ehdr, e_shentsize), 0, 6);
    }
}

static void write_stripped(const char *from, const char *to)
{
    size_t n, start, end;
    char *p = file_read(from, &n);
    Elf *e;

    if (!p)
        die_ours("%s: %s", from, strerror(errno));
    elf_version(EV_CURRENT);
    e = elf_memory(p, n);
    if (!e || elf_kind(e) != ELF_K_ELF)
        die_ours("%s: lld made no ELF file", from);
    start = image_start(e);
    end = end_of_load(e);
    elf_end(e);
    free(p);
    p = file_read(from, &n);
    if (start > end)
        die_ours("%s: nothing of it is loaded", from);
    if (!start)
        forget_sections(p);
    file_write(to, p + start, (end < n ? end : n) - start);
    free(p);
    chmod(to, 0755);
}

bool image(struct link *l)
{
    struct paths p = {
        path_join(l->out, "image.o"), path_join(l->out, "image.dbg"),
        path_join(l->out, "lld.map"), path_join(l->out, "lld.options"),
        path_join(l->out, "lld.log")};
    char *stripped = path_join(l->out, "image");
    bool ok;

    file_write(p.object, LLVMGetBufferStart(l->object),
               LLVMGetBufferSize(l->object));
    if (!pick_knob(&l->pick, "THREADS", 1))
        without(l, "/* threads */");
    without(l, l->unwind ? "/* no unwind */" : "/* unwind */");
    write_options(l, &p);
    ok = run_lld(l, &p);
    if (ok)
        write_stripped(p.linked, stripped);
    if (!l->save_temps) {
        unlink(p.object);
        unlink(p.options);
        unlink(p.log);
        if (has_prefix(l->script, l->out))
            unlink(l->script);
    }
    free(stripped);
    return ok;
}
