/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * map.c: image.map says for every byte of the image whose it is:
 *
 *     bytes 3408                         # the file's size: the sum of all `at`
 *     component 812 libpool/libc/musl    # sums, largest first
 *     section 1240 .text
 *     at 0x78 64 .note.unicore (note) uc_note
 *     zero 0x4010 8 .bss libpool/libc/musl environ
 *
 * `at OFFSET SIZE SECTION COMPONENT SYMBOL`, by offset; `zero` lines are memory
 * that the file does not hold, by address; of these (reserved) is what no
 * symbol has: stacks and gaps. Inlined code belongs to the function that it is
 * in, a merged string to the first that has it. Components in parentheses are
 * no folders: (headers), (padding), (note), (nosys); (constants) and (outlined)
 * code, which code generation made; late.a.
 *
 * From lld's map: its input sections are single functions and variables
 * (emit.c), so their sizes are exact. Sections of merged strings are divided
 * by the symbols of image.dbg; what is left between pieces is padding.
 */
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "linker.h"

struct segment {
    uint64_t vma, offset, size, memory;
};

struct reader {
    struct link *l;
    struct segment *segments;
    struct piece *pieces, *zeros;
    char *section;     /* the output section that lines belong to */
    uint64_t file_end; /* size of the image */
};

/* The file offset of an address, or -1 if the file does not hold it. */
static int64_t offset_of(const struct reader *r, uint64_t vma)
{
    for (size_t i = 0; i < arrlenu(r->segments); i++) {
        const struct segment *s = &r->segments[i];
        if (vma >= s->vma && vma < s->vma + s->size)
            return (int64_t)(s->offset + (vma - s->vma));
    }
    return -1;
}

/* Is it in memory only? */
static bool is_zero(const struct reader *r, uint64_t vma)
{
    for (size_t i = 0; i < arrlenu(r->segments); i++) {
        const struct segment *s = &r->segments[i];
        if (vma >= s->vma + s->size && vma < s->vma + s->memory)
            return true;
    }
    return false;
}

static void add(struct reader *r, uint64_t vma, uint64_t size,
                const char *symbol, const char *component)
{
    struct piece p = {.size = size, .whole = *component == '('};
    int64_t at = offset_of(r, vma);

    if ((at < 0 && !is_zero(r, vma)) || !size)
        return;
    p.offset = at < 0 ? vma : (uint64_t)at;
    p.section = xstrdup(r->section);
    p.symbol = xstrdup(symbol);
    p.component = component;
    if (at < 0)
        arrput(r->zeros, p);
    else
        arrput(r->pieces, p);
}

/* ---- lines of lld's map: VMA LMA SIZE ALIGN, then one of three columns ----
 */

static const char *component_of_object(struct link *l, const char *file)
{
    for (size_t i = 0; i < arrlenu(l->objects); i++)
        if (!strcmp(l->objects[i], file))
            return i < arrlenu(l->pick.objects) ? l->pick.objects[i].component
                                                : "app";
    return has_prefix(file, l->late ? l->late : "//") ? "late.a" : NULL;
}

/* `.text.f`, `.rodata.f` → f: the symbol that a section was made for. */
static const char *symbol_of_section(const char *section)
{
    static const char *const prefixes[] = {".text.", ".rodata.", ".data.",
                                           ".bss.", ".data.rel.ro."};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (has_prefix(section, prefixes[i]))
            return section + strlen(prefixes[i]);
    return section;
}

/* `file:(section)`; assignments have another form and no bytes. */
static void on_input(struct reader *r, uint64_t vma, uint64_t size, char *s)
{
    char *paren = strstr(s, ":("), *section;
    const char *component, *symbol;

    if (!paren)
        return;
    *paren = 0;
    section = paren + 2;
    section[strcspn(section, ")")] = 0;
    component = component_of_object(r->l, s);
    if (component) {
        add(r, vma, size, path_base(s), component);
        return;
    }
    symbol = symbol_of_section(section);
    component = origin_of(r->l, symbol);
    if (component)
        add(r, vma, size, symbol, component);
    else if (!strcmp(section, ".note.unicore"))
        add(r, vma, size, "uc_note", "(note)");
    else if (!strcmp(section, ".text"))
        add(r, vma, size, section, "(outlined)");
    else
        add(r, vma, size, section, "(constants)");
}

static void on_line(struct reader *r, char *line)
{
    unsigned long long vma, lma, size, align;
    int used = 0;
    char *s;
    size_t blanks;

    if (sscanf(line, " %llx %llx %llx %llu%n", &vma, &lma, &size, &align,
               &used) != 4 ||
        !used)
        return;
    s = line + used;
    blanks = strspn(s, " ");
    s += blanks;
    if (blanks <= 1)
        r->section = s;
    else if (blanks <= 9)
        on_input(r, vma, size, s);
}

/* ---- the sweep ---- */

static int by_offset(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    if (x->whole != y->whole)
        return x->whole ? -1 : 1;
    /* Strings that end alike: the longest has the bytes. */
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return strcmp(x->symbol, y->symbol);
}

static void put(struct piece **out, uint64_t from, uint64_t to,
                const struct piece *like)
{
    struct piece p = *like;

    p.offset = from;
    p.size = to - from;
    if (to > from)
        arrput(*out, p);
}

/* Splits wholes at the pieces inside them, so that none overlap. */
static struct piece *sweep(struct piece *in, uint64_t end)
{
    static const struct piece padding = {.section = (char *)(uintptr_t)"-",
                                         .symbol = (char *)(uintptr_t)"-",
                                         .component = "(padding)"};
    const struct piece *whole = NULL;
    struct piece *out = NULL;
    uint64_t at = 0;

    for (size_t i = 0; i <= arrlenu(in); i++) {
        uint64_t next = i < arrlenu(in) ? in[i].offset : end;
        while (at < next) {
            uint64_t stop = next;
            bool inside = whole && at < whole->offset + whole->size;
            if (inside && whole->offset + whole->size < stop)
                stop = whole->offset + whole->size;
            put(&out, at, stop, inside ? whole : &padding);
            at = stop;
        }
        if (i == arrlenu(in))
            break;
        if (in[i].whole) {
            whole = &in[i];
            continue;
        }
        uint64_t stop = in[i].offset + in[i].size;
        put(&out, at, stop > at ? stop : at, &in[i]);
        at = stop > at ? stop : at;
    }
    return out;
}

/* ---- the headers and the segments ---- */

static void read_headers(struct reader *r, const char *path, const char *linked)
{
    size_t size, n = 0;
    char *p = file_read(linked, &size);
    Elf *e = p ? elf_memory(p, size) : NULL;
    GElf_Ehdr eh;
    GElf_Phdr ph;
    struct piece head = {.section = xstrdup("-"), .component = "(headers)"};

    if (!e || !gelf_getehdr(e, &eh))
        die_ours("%s: not readable", linked);
    elf_getphdrnum(e, &n);
    size_t start = image_start(e);
    for (size_t i = 0; i < n; i++) {
        gelf_getphdr(e, (int)i, &ph);
        struct segment s = {ph.p_vaddr, ph.p_offset - start, ph.p_filesz,
                            ph.p_memsz};
        if (ph.p_type == PT_LOAD)
            arrput(r->segments, s);
    }
    head.size = eh.e_ehsize;
    head.symbol = xstrdup("ELF-header");
    if (!start)
        arrput(r->pieces, head);
    head.offset = eh.e_phoff;
    head.size = n * eh.e_phentsize;
    head.symbol = xstrdup("program-headers");
    if (!start)
        arrput(r->pieces, head);
    elf_end(e);
    free(p);
    p = file_read(path, &size);
    if (!p)
        die_ours("%s: not readable", path);
    r->file_end = size;
    free(p);
}

/* Symbols of image.dbg that divide sections of merged strings. */
static void divide(struct reader *r, Elf *e, Elf_Scn *scn, size_t wholes)
{
    Elf_Data *d = elf_getdata(scn, NULL);
    GElf_Shdr sh;
    GElf_Sym s;

    gelf_getshdr(scn, &sh);
    for (int i = 1; d && gelf_getsym(d, i, &s); i++) {
        const char *name = elf_strptr(e, sh.sh_link, s.st_name);
        int64_t at = offset_of(r, s.st_value);
        const char *component;
        for (size_t k = 0; at >= 0 && s.st_size && k < wholes; k++) {
            const struct piece *w = &r->pieces[k];
            if (!w->whole || (uint64_t)at < w->offset ||
                (uint64_t)at + s.st_size > w->offset + w->size)
                continue;
            component = has_prefix(name, "OUTLINED_FUNCTION")
                            ? NULL
                            : origin_of(r->l, name);
            r->section = w->section;
            if (component)
                add(r, s.st_value, s.st_size, name, component);
            break;
        }
    }
}

static void read_symbols(struct reader *r, const char *path)
{
    size_t size, wholes = arrlenu(r->pieces);
    char *p = file_read(path, &size);
    Elf *e = p ? elf_memory(p, size) : NULL;
    Elf_Scn *scn = NULL;
    GElf_Shdr sh;

    if (!e)
        die_ours("%s: not readable", path);
    while ((scn = elf_nextscn(e, scn)))
        if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_SYMTAB)
            divide(r, e, scn, wholes);
    elf_end(e);
    free(p);
}

/* What is between the zeros of each segment is reserved, so they sum too. */
static struct piece *fill_zeros(struct reader *r)
{
    struct piece *out = NULL;
    size_t i = 0;

    if (r->zeros)
        qsort(r->zeros, arrlenu(r->zeros), sizeof *r->zeros, by_offset);
    for (size_t k = 0; k < arrlenu(r->segments); k++) {
        const struct segment *s = &r->segments[k];
        uint64_t at = s->vma + s->size, end = s->vma + s->memory;
        struct piece gap = {.section = (char *)(uintptr_t)".bss",
                            .symbol = (char *)(uintptr_t)"-",
                            .component = "(reserved)"};
        for (; i < arrlenu(r->zeros) && r->zeros[i].offset < end; i++) {
            struct piece *z = &r->zeros[i];
            uint64_t from = z->offset > at ? z->offset : at;
            uint64_t to = z->offset + z->size;
            put(&out, at, from, &gap);
            put(&out, from, to > from ? to : from, z);
            at = to > at ? to : at;
        }
        put(&out, at, end > at ? end : at, &gap);
    }
    return out;
}

struct sum {
    char *key;
    uint64_t value;
};

static int by_size(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return strcmp(x->key, y->key);
}

static void put_sums(struct buf *b, const char *kind, struct piece *pieces,
                     bool by_component)
{
    struct sum *sums = NULL;

    sh_new_arena(sums);
    for (size_t i = 0; i < arrlenu(pieces); i++) {
        const char *k = by_component ? pieces[i].component : pieces[i].section;
        char *key = (char *)(uintptr_t)(strcmp(k, "-") ? k : "(none)");
        uint64_t old = shgeti(sums, key) >= 0 ? shget(sums, key) : 0;
        shput(sums, key, old + pieces[i].size);
    }
    size_t n = shlenu(sums);
    struct sum *sorted = xcalloc(n + 1, sizeof *sorted);
    memcpy(sorted, sums, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "%s %llu %s\n", kind, (unsigned long long)sorted[i].value,
                   sorted[i].key);
    free(sorted);
    shfree(sums);
}

static void put_pieces(struct buf *b, const char *kind,
                       const struct piece *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "%s 0x%llx %llu %s %s %s\n", kind,
                   (unsigned long long)list[i].offset,
                   (unsigned long long)list[i].size, list[i].section,
                   list[i].component, list[i].symbol);
}

static void write_map(struct reader *r, struct piece *pieces)
{
    struct piece *zeros = fill_zeros(r);
    struct buf b = {0};
    uint64_t total = 0;
    char *path = path_join(r->l->out, "image.map");

    for (size_t i = 0; i < arrlenu(pieces); i++)
        total += pieces[i].size;
    if (total != r->file_end)
        die_ours("image.map accounts for %llu bytes of %llu",
                 (unsigned long long)total, (unsigned long long)r->file_end);
    buf_printf(&b, "bytes %llu\n", (unsigned long long)total);
    put_sums(&b, "component", pieces, true);
    put_sums(&b, "section", pieces, false);
    put_pieces(&b, "at", pieces, arrlenu(pieces));
    put_pieces(&b, "zero", zeros, arrlenu(zeros));
    file_write(path, b.p, b.n);
    buf_free(&b);
    free(path);
}

bool map(struct link *l, struct piece **pieces)
{
    struct reader r = {.l = l};
    char *image = path_join(l->out, "image");
    char *linked = path_join(l->out, "image.dbg");
    char *path = path_join(l->out, "lld.map");
    char *text = file_read(path, NULL), *save = NULL;

    if (!text)
        die_ours("%s: %s", path, strerror(errno));
    read_headers(&r, image, linked);
    r.section = xstrdup("-");
    for (char *s = strtok_r(text, "\n", &save); s;
         s = strtok_r(NULL, "\n", &save))
        on_line(&r, s);
    read_symbols(&r, linked);
    if (!r.pieces)
        die_ours("%s: nothing is in it", linked);
    qsort(r.pieces, arrlenu(r.pieces), sizeof *r.pieces, by_offset);
    *pieces = sweep(r.pieces, r.file_end);
    write_map(&r, *pieces);
    if (!l->save_temps)
        unlink(path);
    free(path);
    free(linked);
    free(image);
    return true;
}
