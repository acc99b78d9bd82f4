/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * object.c: what a relocatable ELF object defines, wants and is made of: all
 * that the analyzer and the linker know of code without bitcode. Readers trust
 * nothing: a name that could not stand in a line of a product is damage.
 */
#include "common.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct object *o;
    Elf *elf;
    const char *why;
};

static bool is_symbol_name(const char *s)
{
    if (!s || !*s)
        return false;
    for (; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f)
            return false;
    return true;
}

static bool read_symbol(struct reader *r, GElf_Word names, const GElf_Sym *s)
{
    const char *name = elf_strptr(r->elf, names, s->st_name);
    int bind = GELF_ST_BIND(s->st_info), type = GELF_ST_TYPE(s->st_info);
    struct object_symbol x = {
        .size = s->st_size,
        .defined = s->st_shndx != SHN_UNDEF,
        .weak = bind == STB_WEAK || s->st_shndx == SHN_COMMON,
    };

    r->o->thread_local |= type == STT_TLS;
    if (bind == STB_LOCAL)
        return true;
    if (!is_symbol_name(name)) {
        r->why = "damaged symbol table";
        return false;
    }
    x.name = xstrdup(name);
    arrput(r->o->symbols, x);
    return true;
}

static bool read_symbols(struct reader *r, Elf_Scn *scn, const GElf_Shdr *sh)
{
    Elf_Data *d = elf_getdata(scn, NULL);
    GElf_Sym s;

    if (!d || (d->d_size && !d->d_buf)) {
        r->why = "damaged symbol table";
        return false;
    }
    for (int i = 1; gelf_getsym(d, i, &s); i++)
        if (!read_symbol(r, sh->sh_link, &s))
            return false;
    return true;
}

bool is_c_identifier(const char *s)
{
    if (!*s || (*s >= '0' && *s <= '9'))
        return false;
    for (; *s; s++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789_",
                    *s))
            return false;
    return true;
}

static bool starts_up(const char *name, GElf_Word type)
{
    return type == SHT_INIT_ARRAY || type == SHT_FINI_ARRAY ||
           type == SHT_PREINIT_ARRAY || !strcmp(name, ".init") ||
           !strcmp(name, ".fini") || has_prefix(name, ".ctors") ||
           has_prefix(name, ".dtors");
}

static bool read_sections(struct reader *r, size_t names)
{
    Elf_Scn *scn = NULL;
    GElf_Shdr sh;

    while ((scn = elf_nextscn(r->elf, scn))) {
        const char *name = gelf_getshdr(scn, &sh)
                               ? elf_strptr(r->elf, names, sh.sh_name)
                               : NULL;
        if (!name) {
            r->why = "damaged section table";
            return false;
        }
        if (sh.sh_type == SHT_SYMTAB && !read_symbols(r, scn, &sh))
            return false;
        r->o->startup |= sh.sh_size && starts_up(name, sh.sh_type);
        if ((sh.sh_flags & SHF_ALLOC) && is_c_identifier(name))
            arrput(r->o->sets, xstrdup(name));
    }
    return true;
}

static bool read_all(struct reader *r, size_t n)
{
    GElf_Ehdr eh;
    size_t names;

    r->why = "not an ELF object";
    if (elf_kind(r->elf) != ELF_K_ELF || !gelf_getehdr(r->elf, &eh) ||
        eh.e_type != ET_REL)
        return false;
    /* libelf takes a table past the end of the file for no table. */
    r->why = "damaged or truncated: no section table";
    if (eh.e_shoff > n || n - eh.e_shoff < (size_t)eh.e_shnum * eh.e_shentsize)
        return false;
    r->why = "damaged section table";
    return elf_getshdrstrndx(r->elf, &names) == 0 && read_sections(r, names);
}

bool object_parse(struct object *o, const char *p, size_t n, const char **why)
{
    struct reader r = {.o = o};
    bool ok = false;

    *o = (struct object){0};
    *why = "not an ELF object";
    if (!object_is(p, n))
        return false;
    elf_version(EV_CURRENT);
    r.elf = elf_memory((char *)(uintptr_t)p, n);
    if (!r.elf)
        return false;
    ok = read_all(&r, n);
    *why = r.why;
    elf_end(r.elf);
    if (!ok)
        object_free(o);
    return ok;
}

bool object_is(const char *p, size_t n)
{
    return n >= EI_NIDENT && memcmp(p, ELFMAG, SELFMAG) == 0;
}

void object_free(struct object *o)
{
    for (size_t i = 0; i < arrlenu(o->symbols); i++)
        free(o->symbols[i].name);
    for (size_t i = 0; i < arrlenu(o->sets); i++)
        free(o->sets[i]);
    arrfree(o->symbols);
    arrfree(o->sets);
    *o = (struct object){0};
}
