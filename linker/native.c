/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * native.c: which symbols live outside of the bitcode: in the picked native
 * objects (the pool's, and assembly of the app), in late.a, in the linker
 * script. Sealing keeps what they want, and what they define is not undefined.
 */
#include <ctype.h>
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "arch.h"
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

static bool read_object(struct link *l, const char *path, bool own)
{
    struct object o;
    size_t n;
    char *p = file_read(path, &n);
    const char *why = p ? NULL : file_why(path);
    bool ok = p && object_parse(&o, p, n, &why);

    if (!ok)
        error("%s: %s", path, why);
    for (size_t i = 0; ok && i < arrlenu(o.symbols); i++) {
        const struct object_symbol *s = &o.symbols[i];
        if (s->defined)
            name_add(&l->native_defs, s->name, path);
        else
            name_add(s->weak ? &l->native_weak : &l->native_refs, s->name,
                     path);
        if (own && s->defined)
            name_add(s->weak ? &l->own_weak : &l->own_defs, s->name, path);
    }
    if (ok)
        object_free(&o);
    free(p);
    return ok;
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

    l->script = arch_script(l->pool, platform, arch);
    if (!l->script)
        error("%s-%s: no such target (no platforms/%s/%s/image.lds)", platform,
              arch, platform, arch);
    return l->script;
}

/* ---- what --app names: bitcode, or native objects of the program ---- */

static bool sort_file(struct link *l, const char *path, char ***own)
{
    char head[4] = {0};
    const char *kind = file_kind(path);
    FILE *f = kind ? NULL : fopen(path, "rbe");

    if (!f) {
        error("%s: %s", path, file_why(path));
        return false;
    }
    bool elf = fread(head, 1, sizeof head, f) == sizeof head &&
               memcmp(head, ELFMAG, SELFMAG) == 0;
    fclose(f);
    if (elf)
        arrput(*own, xstrdup(path));
    else
        arrput(l->app_modules, xstrdup(path));
    return true;
}

static bool sort_folder(struct link *l, const char *dir, char ***own)
{
    char **names = dir_list(dir);
    bool ok = true;

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = path_join(dir, names[i]);
        if (has_suffix(names[i], ".bc") || has_suffix(names[i], ".o"))
            ok = sort_file(l, path, own) && ok;
        free(path);
        free(names[i]);
    }
    arrfree(names);
    return ok;
}

/* Adds the app's own objects that the pick names. */
static bool read_own(struct link *l)
{
    char **own = NULL;

    for (size_t i = 0; i < arrlenu(l->apps); i++)
        if (!(is_dir(l->apps[i]) ? sort_folder(l, l->apps[i], &own)
                                 : sort_file(l, l->apps[i], &own)))
            return false;
    for (size_t i = 0; i < arrlenu(l->pick.natives); i++) {
        unsigned n = l->pick.natives[i];
        if (!own || n > arrlenu(own)) {
            error("%s: native %u: --app gives %zu native objects", l->pick_path,
                  n, arrlenu(own));
            return false;
        }
        arrput(l->objects, own[n - 1]);
        if (!read_object(l, own[n - 1], true))
            return false;
    }
    arrfree(own);
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
        if (!read_object(l, path, false))
            return false;
    }
    if (!read_own(l))
        return false;
    l->late = path_join(l->pool, "late.a");
    if (file_exists(l->late))
        return read_archive(l);
    free(l->late);
    l->late = NULL;
    return true;
}
