/* SPDX-License-Identifier: BSD-2-Clause */
/* tlsf_check.c: every region walked, every list counted. */
#include "tlsf.h"

static bool check_block(struct block *b, bool before_free)
{
    bool is_free = b->size & FREE;
    struct block *next = after(b);
    return before_free == !!(b->size & BEFORE_FREE) &&
           !(before_free && is_free) && size_of(b) >= LEAST &&
           !((uintptr_t)&b->next % ALIGN) &&
           is_free == !!(next->size & BEFORE_FREE) &&
           !(is_free && next->before != b);
}

bool uc_tlsf_check(void)
{
    size_t free_blocks = 0, listed = 0;
    for (struct region *r = uc_tlsf.regions; r; r = r->next) {
        bool before_free = false;
        struct block *b = first_of(r);
        for (; size_of(b); b = after(b)) {
            if (!check_block(b, before_free))
                return false;
            before_free = b->size & FREE;
            free_blocks += before_free;
        }
    }
    for (unsigned fl = 0; fl < FL; fl++) {
        if (!!(uc_tlsf.fl_map & 1u << fl) != !!uc_tlsf.sl_map[fl])
            return false;
        for (unsigned sl = 0; sl < SL; sl++) {
            if (!!(uc_tlsf.sl_map[fl] & 1u << sl) != !!uc_tlsf.lists[fl][sl])
                return false;
            struct block *b = uc_tlsf.lists[fl][sl], *prev = 0;
            for (; b; prev = b, b = b->next, listed++) {
                unsigned f, s;
                class_of(size_of(b), &f, &s);
                if (f != fl || s != sl || b->prev != prev || !(b->size & FREE))
                    return false;
            }
        }
    }
    return listed + (uc_tlsf.top != 0) == free_blocks;
}
