/* SPDX-License-Identifier: BSD-2-Clause */
/* pieces.c: see pieces.h. */
#include "pieces.h"

#include <uc/mem.h>

enum {
    PIECE_LEAST = 256 /* allocated, with its head: room for more to come */
};

struct piece *uc_piece_new(size_t n)
{
    size_t size = PIECE_LEAST;
    while (size < sizeof(struct piece) + n)
        size *= 2;
    struct piece *p = uc_kalloc(size);
    if (p)
        p->room = (unsigned)(size - sizeof *p);
    return p;
}

void uc_piece_free(struct piece *p)
{
    uc_kfree(p, p->room + sizeof *p);
}

void uc_pieces_add(struct pieces *q, struct piece *p)
{
    if (q->last)
        q->last->next = p;
    else
        q->first = p;
    q->last = p;
    q->used += p->end - p->begin;
}

struct piece *uc_pieces_take(struct pieces *q)
{
    struct piece *p = q->first;
    q->first = p->next;
    if (!q->first)
        q->last = NULL;
    q->used -= p->end - p->begin;
    return p;
}

/* Room for n bytes as pieces of their own; false: no memory, none of them. */
static bool new_pieces(struct pieces *q, size_t n)
{
    while (n) {
        struct piece *p = uc_piece_new(n < PIECE_MOST ? n : PIECE_MOST);
        if (!p) {
            uc_pieces_free(q);
            return false;
        }
        uc_pieces_add(q, p);
        n -= n < p->room ? n : p->room;
    }
    return true;
}

static void fill(struct piece *p, const char **from, size_t *n)
{
    size_t part = p->room - p->end;
    if (part > *n)
        part = *n;
    memcpy(p->data + p->end, *from, part);
    p->end += (unsigned)part;
    *from += part;
    *n -= part;
}

bool uc_pieces_put(struct pieces *q, const char *from, size_t n)
{
    struct piece *last = q->last && !q->last->whole ? q->last : NULL;
    size_t here = last ? last->room - last->end : 0;
    struct pieces more = {0};
    if (n > here && !new_pieces(&more, n - here))
        return false;
    q->used += n;
    if (last)
        fill(last, &from, &n);
    for (struct piece *p = more.first; p; p = p->next)
        fill(p, &from, &n);
    if (more.first) {
        if (q->last)
            q->last->next = more.first;
        else
            q->first = more.first;
        q->last = more.last;
    }
    return true;
}

size_t uc_pieces_get(struct pieces *q, char *to, size_t n)
{
    size_t done = 0;
    while (done < n && q->first && !q->first->with) {
        struct piece *p = q->first;
        size_t part = p->end - p->begin;
        if (part > n - done)
            part = n - done;
        memcpy(to + done, p->data + p->begin, part);
        p->begin += (unsigned)part;
        q->used -= part;
        done += part;
        if (p->begin < p->end)
            break;
        uc_piece_free(uc_pieces_take(q));
    }
    return done;
}

void uc_pieces_free(struct pieces *q)
{
    while (q->first)
        uc_piece_free(uc_pieces_take(q));
}
