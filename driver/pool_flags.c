/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_flags.c: what clang is told for a component: our own sources are C11
 * with warnings, third-party ones take their own flags and are not ours to
 * warn about. Folders stay as names until a command needs them, so that an
 * object's hash does not depend on where the tree or the cache is.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char own_flags[] =
    "-std=c11 -Wall -Wextra -D_GNU_SOURCE -ffreestanding -I$POOL/include "
    "-I$ROOT/arch/$ARCH -I.";
static const char third_party_flags[] = "-w -I$POOL/include";

static void link_folder(const char *from, const char *folder, const char *name)
{
    char *to = path_join(folder, name);

    if (symlink(from, to) != 0 && errno != EEXIST)
        die("%s: %s", to, strerror(errno));
    free(to);
}

/*
 * The kernel's headers alone, by links: their own folders are shared with the
 * host's libc. Of another machine only <asm/...> differs.
 */
const char *uapi_folder(const struct pool *p)
{
    static const char *const dirs[] = {"linux", "asm-generic", "mtd",  "scsi",
                                       "sound", "misc",        "rdma", "video"};
    const struct arch *a = p->arch;
    bool own = a == arch_at(0);
    static char *folder;

    if (folder)
        return folder;
    char *as = own ? format("/usr/include/%s/asm", a->gnu)
                   : format("/usr/%s/include/asm", a->gnu);
    if (!is_dir(as))
        die("%s: missing: install linux-libc-dev-%s-cross", as, a->package);
    folder = format("%s/uapi-%s", cache_root(), a->name);
    make_dirs(folder);
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
        char *from = path_join("/usr/include", dirs[i]);
        link_folder(from, folder, dirs[i]);
        free(from);
    }
    link_folder(as, folder, "asm");
    free(as);
    return folder;
}

/*
 * Xen's public headers and those of its libraries alone; /usr/include has the
 * host's libc beside them.
 */
static const char *xen_folder(void)
{
    static const char *const parts[] = {"xen", "xenevtchn.h", "xengnttab.h",
                                        "xenstore.h", "xenstore_lib.h"};
    static char *folder;

    if (folder)
        return folder;
    if (!is_dir("/usr/include/xen/io"))
        die("/usr/include/xen/io: missing: install libxen-dev");
    folder = format("%s/headers-xen", cache_root());
    make_dirs(folder);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *from = path_join("/usr/include", parts[i]);
        link_folder(from, folder, parts[i]);
        free(from);
    }
    return folder;
}

char *component_expand(const struct pool *p, const char *flag)
{
    struct buf b = {0};
    char *pool_dir = path_join(source_root(), "libpool");

    buf_str(&b, "");
    for (const char *s = flag; *s;) {
        if (has_prefix(s, "$ARCH")) {
            buf_str(&b, p->arch->folder);
            s += 5;
        } else if (has_prefix(s, "$POOL")) {
            buf_str(&b, pool_dir);
            s += 5;
        } else if (has_prefix(s, "$ROOT")) {
            buf_str(&b, source_root());
            s += 5;
        } else if (has_prefix(s, "$UAPI")) {
            buf_str(&b, uapi_folder(p));
            s += 5;
        } else if (has_prefix(s, "$XEN")) {
            buf_str(&b, xen_folder());
            s += 4;
        } else if (has_prefix(s, "$HEADERS(")) {
            size_t n = strcspn(s += 9, ")");
            char *name = xstrndup(s, n);
            const char *dir = component_find(p, name)->prepared;
            buf_printf(&b, "%s/include", dir ? dir : "");
            s += n + (s[n] == ')');
            free(name);
        } else {
            buf_add(&b, s++, 1);
        }
    }
    free(pool_dir);
    return b.p;
}

static void add_words(char ***to, const char *text)
{
    char **words = split_words(text);

    for (size_t i = 0; i < arrlenu(words); i++)
        arrput(*to, words[i]);
    arrfree(words);
}

static char **base_flags(const struct component *c)
{
    const char *headers = manifest_get(&c->manifest, "headers");
    bool foreign = manifest_get(&c->manifest, "source") != NULL;
    char **flags = NULL;

    add_words(&flags, foreign ? third_party_flags : own_flags);
    for (size_t i = 0; i < arrlenu(c->manifest.entries); i++) {
        struct entry *e = &c->manifest.entries[i];
        if (!strcmp(e->key, "cflags"))
            add_words(&flags, e->value);
        if (strcmp(e->key, "include") != 0)
            continue;
        char **dirs = split_words(e->value);
        for (size_t j = 0; j < arrlenu(dirs); j++)
            arrput(flags, format("-I%s", dirs[j]));
    }
    if (!headers)
        headers = "musl";
    if (strcmp(headers, "none") == 0)
        return flags;
    arrput(flags, format("-isystem$HEADERS(libpool/libc/%s)", headers));
    arrput(flags, xstrdup("-isystem$UAPI"));
    return flags;
}

/* Set 0 is for all; `cflags-for GLOB FLAGS` adds to it in a set of its own. */
void flags_make(struct component *c)
{
    struct flag_set all = {.flags = base_flags(c)};

    arrput(c->flag_sets, all);
    for (size_t i = 0; i < arrlenu(c->manifest.entries); i++) {
        struct entry *e = &c->manifest.entries[i];
        if (strcmp(e->key, "cflags-for") != 0)
            continue;
        char **words = split_words(e->value);
        if (arrlen(words) < 2)
            die("%s:%d: cflags-for: expected a glob and flags",
                c->manifest.path, e->line);
        struct flag_set s = {.glob = words[0]};
        for (size_t j = 0; j < arrlenu(all.flags); j++)
            arrput(s.flags, all.flags[j]);
        for (size_t j = 1; j < arrlenu(words); j++)
            arrput(s.flags, words[j]);
        arrput(c->flag_sets, s);
    }
}
