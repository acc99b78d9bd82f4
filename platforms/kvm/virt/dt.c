/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dt.c: reads a flattened device tree (Devicetree Specification 0.4, 5) once,
 * front to back. Nothing in it is believed: every step ends at the end of the
 * block that it is in, and what does not fit ends the walk.
 */
#include "dt.h"

#include <uc/string.h>

enum {
    MAGIC = 0,
    TOTAL_SIZE = 4,
    STRUCTURE = 8,
    STRINGS = 12,
    STRINGS_SIZE = 32,
    STRUCTURE_SIZE = 36,
    HEADER = 40,
};

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define BIG(v) __builtin_bswap32(v)
#else
#define BIG(v) (v)
#endif

/* Tokens as they are in memory. */
static const uint32_t BEGIN_NODE = BIG(1);
static const uint32_t END_NODE = BIG(2);
static const uint32_t PROPERTY = BIG(3);
static const uint32_t NOP = BIG(4);

/* As it is in memory. All that is read so is aligned. */
static uint32_t load(const char *p)
{
    uint32_t v;

    __builtin_memcpy(&v, __builtin_assume_aligned(p, 4), 4); /* a load */
    return v;
}

static uint32_t word(const char *p)
{
    return BIG(load(p));
}

/* A block of the tree, by the place of its offset and its size. */
static const char *block(const char *p, uint32_t total, unsigned at, unsigned n)
{
    uint32_t offset = word(p + at), size = word(p + n);

    return offset % 4 && at == STRUCTURE             ? NULL
           : offset > total || size > total - offset ? NULL
                                                     : p + offset;
}

bool uc_dt_open(struct dt *dt, const char *p, size_t most)
{
    uint32_t total;

    if ((uintptr_t)p % 4 || word(p + MAGIC) != 0xd00dfeed)
        return false;
    total = word(p + TOTAL_SIZE);
    if (total < HEADER || total > most)
        return false;
    dt->next = block(p, total, STRUCTURE, STRUCTURE_SIZE);
    dt->names = block(p, total, STRINGS, STRINGS_SIZE);
    if (!dt->next || !dt->names)
        return false;
    dt->end = dt->next + (word(p + STRUCTURE_SIZE) & ~3U);
    dt->names_size = word(p + STRINGS_SIZE);
    dt->total = total;
    dt->depth = 0;
    return true;
}

/* Where the property of that name is kept; NULL: nobody asks for it. */
static struct dt_property *place(struct dt *dt, struct dt_node *node,
                                 uint32_t name)
{
    static const struct {
        char name[DT_NAME_MOST];
        uint8_t place;
    } known[] = {
#define X(field, name) {name, offsetof(struct dt_node, field)},
        DT_PROPERTIES(X)
#undef X
    };
    const char *s = dt->names + name;
    char first = *s;

    for (unsigned i = 0; i < sizeof known / sizeof *known; i++) {
        const char *k = known[i].name;
        uint32_t n = 0;
        if (first != *k) /* most */
            continue;
        while (n < dt->names_size - name && s[n] == k[n])
            if (!k[n++])
                return (struct dt_property *)((char *)node + known[i].place);
    }
    return NULL;
}

/* What the open node says of those below it: the number of cells in addresses
 * and sizes; with an empty `ranges`, that addresses are as above it. */
static void take_cells(struct dt *dt, uint32_t name, const char *p, uint32_t n)
{
    static const char address[] = "#address-cells", size[] = "#size-cells";
    const char *s = dt->names + name;
    uint32_t left = dt->names_size - name, i = dt->depth - 1;

    if ((*s != '#' && *s != 'r') || i >= DT_LEVELS) /* most */
        return;
    if (!n && left >= sizeof "ranges" && !memcmp(s, "ranges", sizeof "ranges"))
        dt->levels[i].plain = !i || dt->levels[i - 1].plain;
    if (n != 4 || word(p) > 2)
        return;
    if (left >= sizeof address && !memcmp(s, address, sizeof address))
        dt->levels[i].address_cells = (uint8_t)word(p);
    if (left >= sizeof size && !memcmp(s, size, sizeof size))
        dt->levels[i].size_cells = (uint8_t)word(p);
}

/* A node begins below the one that is open. */
static void enter(struct dt *dt, struct dt_node *node)
{
    uint32_t i = dt->depth++;

    if (i && i <= DT_LEVELS && dt->levels[i - 1].plain) {
        node->address_cells = dt->levels[i - 1].address_cells;
        node->size_cells = dt->levels[i - 1].size_cells;
    }
    if (i < DT_LEVELS) {
        dt->levels[i].address_cells = 2; /* if it says nothing */
        dt->levels[i].size_cells = 1;
        dt->levels[i].plain = !i;
    }
}

/* The next token; 0 at the end. */
static uint32_t token(struct dt *dt)
{
    uint32_t t = dt->end - dt->next >= 4 ? load(dt->next) : 0;

    dt->next += t ? 4 : 0;
    return t;
}

/* Past n bytes and what fills the last word up; false: they are not there. */
static bool skip(struct dt *dt, uint32_t n)
{
    if (n > (size_t)(dt->end - dt->next))
        return false;
    dt->next += (n + 3) & ~3U;
    return true;
}

/* A word at a time, up to the one with its end. */
static bool skip_name(struct dt *dt)
{
    uint32_t w, zero = 0;

    while (!zero && dt->end - dt->next >= 4) {
        w = load(dt->next);
        zero = (w - 0x01010101) & ~w & 0x80808080;
        dt->next += 4;
    }
    return zero;
}

/* Reads a property of the open node, for `node` if it is that; false: damaged.
 */
static bool property(struct dt *dt, struct dt_node *node)
{
    if (dt->end - dt->next < 8)
        return false;
    uint32_t n = word(dt->next), name = word(dt->next + 4);
    const char *p = dt->next + 8;

    dt->next = p;
    if (!skip(dt, n))
        return false;
    if (!node)
        return true;
    if (name >= dt->names_size)
        return true;
    struct dt_property *to = place(dt, node, name);
    if (to)
        *to = (struct dt_property){p, n};
    else if (n == 4 || !n)
        take_cells(dt, name, p, n);
    return true;
}

/* The next node, whatever its status. */
static bool next(struct dt *dt, struct dt_node *node)
{
    bool begun = false;
    uint32_t t;

    *node = (struct dt_node){0};
    while ((t = token(dt))) {
        if (t == BEGIN_NODE && begun) {
            dt->next -= 4; /* the first below it is the next one */
            return true;
        }
        if (t == BEGIN_NODE) {
            if (!skip_name(dt))
                return false;
            enter(dt, node);
            begun = true;
        } else if (t == END_NODE) {
            if (!dt->depth)
                return false;
            dt->depth--;
            if (begun)
                return true;
        } else if (t == PROPERTY) {
            if (!property(dt, begun ? node : NULL))
                return false;
        } else if (t != NOP) {
            return false;
        }
    }
    return false;
}

bool uc_dt_next(struct dt *dt, struct dt_node *node)
{
    if (!next(dt, node))
        return false;
    if (node->status.n && *node->status.p != 'o') /* "okay", of old "ok" */
        *node = (struct dt_node){0};
    return true;
}

bool uc_dt_is(const struct dt_property *texts, const char *what)
{
    size_t n = strlen(what) + 1;

    for (uint32_t at = 0; texts->n - at >= n; at++) {
        if (!memcmp(texts->p + at, what, n))
            return true;
        while (at < texts->n && texts->p[at])
            at++;
        if (at == texts->n)
            return false;
    }
    return false;
}

uint32_t uc_dt_word(const struct dt_property *p, uint32_t i)
{
    return i < p->n / 4 ? word(p->p + (size_t)i * 4) : 0;
}

static uint64_t number(const char *p, uint32_t cells)
{
    uint64_t v = 0;

    for (; cells; cells--, p += 4)
        v = v << 32 | word(p);
    return v;
}

bool uc_dt_reg(const struct dt_node *node, uint32_t i, uint64_t *start,
               uint64_t *size)
{
    uint32_t address = node->address_cells, one = address + node->size_cells;

    if (!one || node->reg.n / (4 * one) <= i)
        return false;
    *start = number(node->reg.p + (size_t)i * 4 * one, address);
    *size =
        number(node->reg.p + ((size_t)i * one + address) * 4, node->size_cells);
    return true;
}
