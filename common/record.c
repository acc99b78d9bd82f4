/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * record.c: the `.unicore` section of objects: framed records that survive
 * concatenation by any linker (docs/ARCHITECTURE.md). Readers trust nothing:
 * sizes are checked against the section, the section against the file.
 */
#include "common.h"

#include <gelf.h>
#include <string.h>

struct header {
    char magic[4];
    uint32_t kind;
    uint64_t size;
};

enum {
    ALIGN = 16
};

void record_add(struct buf *b, enum record_kind kind, const void *p, size_t n)
{
    static const char zeros[ALIGN];
    struct header h = {.magic = "UCR1", .kind = kind, .size = n};

    buf_add(b, &h, sizeof h);
    buf_add(b, p, n);
    buf_add(b, zeros, -n % ALIGN);
}

bool record_split(const char *p, size_t n, struct record **records)
{
    struct header h;

    for (size_t at = 0; at < n;) {
        if (n - at < sizeof h)
            return false;
        memcpy(&h, p + at, sizeof h);
        at += sizeof h;
        if (memcmp(h.magic, "UCR1", 4) != 0 || h.size > n - at)
            return false;
        struct record r = {h.kind, p + at, (size_t)h.size};
        arrput(*records, r);
        size_t padded = (size_t)h.size + (-(size_t)h.size) % ALIGN;
        at += padded < n - at ? padded : n - at;
    }
    return true;
}

static int find(Elf *e, size_t n, const char *elf, const char **p, size_t *size,
                const char **why)
{
    size_t names;
    Elf_Scn *s = NULL;
    GElf_Shdr sh;
    GElf_Ehdr eh;

    /* libelf takes a table past the end of the file for no table. */
    if (!gelf_getehdr(e, &eh) || eh.e_shoff > n ||
        n - eh.e_shoff < (size_t)eh.e_shnum * eh.e_shentsize) {
        *why = "damaged or truncated: no section table";
        return -1;
    }
    if (elf_getshdrstrndx(e, &names) != 0) {
        *why = "damaged section table";
        return -1;
    }
    while ((s = elf_nextscn(e, s))) {
        if (!gelf_getshdr(s, &sh)) {
            *why = "damaged section header";
            return -1;
        }
        const char *name = elf_strptr(e, names, sh.sh_name);
        if (!name || strcmp(name, ".unicore") != 0)
            continue;
        if (sh.sh_type == SHT_NOBITS || sh.sh_offset > n ||
            sh.sh_size > n - sh.sh_offset) {
            *why = "the .unicore section reaches past the end of the file";
            return -1;
        }
        *p = elf + sh.sh_offset;
        *size = sh.sh_size;
        return 1;
    }
    return 0;
}

int record_section(const char *elf, size_t n, const char **p, size_t *size,
                   const char **why)
{
    int found = -1;

    *why = "not an ELF file";
    if (n < EI_NIDENT || memcmp(elf, ELFMAG, SELFMAG) != 0)
        return -1;
    *why = "damaged ELF header";
    elf_version(EV_CURRENT);
    Elf *e = elf_memory((char *)(uintptr_t)elf, n);
    if (!e)
        return -1;
    if (elf_kind(e) == ELF_K_ELF)
        found = find(e, n, elf, p, size, why);
    elf_end(e);
    return found;
}
