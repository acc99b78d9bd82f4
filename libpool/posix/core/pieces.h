/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pieces.h: bytes on their way from a writer to a reader, in pieces that are
 * allocated as they are needed: an empty pipe costs nothing.
 */
#ifndef UC_POSIX_PIECES_H
#define UC_POSIX_PIECES_H

#include "core.h"

enum {
    PIECE_MOST = 4096 - 64 /* bytes of one piece, but for datagrams */
};

struct piece {
    struct piece *next;
    unsigned room, begin, end; /* of data: allocated; not read yet */
    bool whole;                /* nothing is to be added to it */
    void *with;                /* its owner's */
    char data[];
};
struct pieces {
    struct piece *first, *last;
    size_t used; /* bytes not read yet */
};

/* Room for n bytes or more; NULL: no memory. */
struct piece *uc_piece_new(size_t n);
void uc_piece_free(struct piece *p);
void uc_pieces_add(struct pieces *q, struct piece *p);
/* Takes the first piece off. */
struct piece *uc_pieces_take(struct pieces *q);
/* Adds a copy of n bytes, or nothing: false. */
bool uc_pieces_put(struct pieces *q, const char *from, size_t n);
/* Takes up to n bytes from pieces with nothing else in them: how many. */
size_t uc_pieces_get(struct pieces *q, char *to, size_t n);
void uc_pieces_free(struct pieces *q);

#endif
