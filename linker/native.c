/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * native.c: which symbols live outside of the bitcode: in the picked native
 * objects, in late.a, in the linker script. Sealing keeps what they want,
 * and what they define is not undefined.
 */
#include <ctype.h>
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "linker.h"

bool name_in(struct name_map *m, const char *name)
{
    return m && shgeti(m, KEY(name)) >= 0;
}

void name_add(struct name_map **m, const char *name, const char *value)
{
    if (!*m)
        sh_new_arena(*m);
    if (!name_in(*m, name))
        shput(*m, KEY(name), value);
}

static void read_symbols(struct link *l, Elf *e, Elf_Scn *scn, const char *path)
{
    Elf_Data *d = elf_getdata(scn, NULL);
    GElf_Shdr sh;
    GElf_Sym s;

    gelf_getshdr(scn, &sh);
    for (int i = 1; d && gelf_getsym(d, i, &s); i++) {
        const char *name = elf_strptr(e, sh.sh_link, s.st_name);
        int bind = GELF_ST_BIND(s.st_info);
        if (!name || !*name || bind == STB_LOCAL)
            continue;
        if (s.st_shndx != SHN_UNDEF)
            name_add(&l->native_defs, name, path);
        else if (bind != STB_WEAK)
            name_add(&l->native_refs, name, path);
    }
}

static bool read_object(struct link *l, const char *path)
{
    size_t n;
    char *p = file_read(path, &n);
    Elf_Scn *scn = NULL;
    GElf_Shdr sh;
    Elf *e;

    if (!p) {
        error("%s: %s", path, strerror(errno));
        return false;
    }
    e = elf_memory(p, n);
    if (!e || elf_kind(e) != ELF_K_ELF) {
        error("%s: not an ELF object", path);
        return false;
    }
    while ((scn = elf_nextscn(e, scn)))
        if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_SYMTAB)
            read_symbols(l, e, scn, path);
    elf_end(e);
    free(p);
    return true;
}

/* The archive's own symbol table is enough: all of late.a's are functions. */
static bool read_archive(struct link *l)
{
    size_t n, count = 0;
    char *p = file_read(l->late, &n);
    Elf *e = p ? elf_memory(p, n) : NULL;
    Elf_Arsym *s;

    if (!e || elf_kind(e) != ELF_K_AR) {
        error("%s: not an archive", l->late);
        return false;
    }
    s = elf_getarsym(e, &count);
    for (size_t i = 0; s && i < count && s[i].as_name; i++)
        name_add(&l->late_defs, s[i].as_name, "");
    elf_end(e);
    free(p);
    return true;
}

static bool is_symbol_char(int c)
{
    return isalnum(c) || c == '_' || c == '.' || c == '$';
}

/*
 * Symbols that the script assigns: a word before a lone `=`. Reading too many
 * only delays a message to lld, so section names may pass as symbols.
 */
static bool read_script(struct link *l)
{
    size_t n;
    char *p = file_read(l->script, &n);

    if (!p) {
        error("%s: %s", l->script, strerror(errno));
        return false;
    }
    for (size_t i = 1; i < n; i++) {
        size_t end = i, start;
        if (p[i] != '=' || p[i + 1] == '=' || strchr("=!<>+-*/&|", p[i - 1]))
            continue;
        while (end && isspace((unsigned char)p[end - 1]))
            end--;
        start = end;
        while (start && is_symbol_char((unsigned char)p[start - 1]))
            start--;
        char *name = xstrndup(p + start, end - start);
        if (*name)
            name_add(&l->script_defs, name, "");
        free(name);
    }
    free(p);
    return true;
}

static bool find_script(struct link *l)
{
    const char *arch = l->pick.arch, *platform = l->pick.platform;
    char *inside = format("platforms/%s/%s/image.lds", platform, arch);

    l->script = l->pool ? path_join(l->pool, inside) : NULL;
    if (!l->script || !file_exists(l->script))
        l->script = path_join(source_root(), inside);
    if (!file_exists(l->script)) {
        error("%s-%s: no such target (no %s)", platform, arch, inside);
        return false;
    }
    free(inside);
    return true;
}

bool native_read(struct link *l)
{
    elf_version(EV_CURRENT);
    if (!find_script(l) || !read_script(l))
        return false;
    for (size_t i = 0; i < arrlenu(l->pick.objects); i++) {
        char *path = path_join(l->pool, l->pick.objects[i].path);
        arrput(l->objects, path);
        if (!read_object(l, path))
            return false;
    }
    l->late = path_join(l->pool, "late.a");
    if (file_exists(l->late))
        return read_archive(l);
    free(l->late);
    l->late = NULL;
    return true;
}
