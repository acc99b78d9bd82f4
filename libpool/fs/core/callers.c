/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * callers.c: one call at a time, and what is dropped by the last. Where a call
 * may wait, another can be about to use a node that lost its last holder.
 */
#include "walk.h"

#include <uc/lock.h>

static struct uc_lock lock;
static unsigned callers; /* in a call, or about to be */
static struct node *to_drop;

void uc_node_drop_later(struct node *n)
{
    if (callers == 1) {
        uc_node_drop(n);
        return;
    }
    if (n->drops++)
        return;
    n->later = to_drop;
    to_drop = n;
}

void uc_call_begin(void)
{
    callers++;
    uc_lock(&lock);
}

void uc_call_end(void)
{
    while (callers == 1 && to_drop) {
        struct node *n = to_drop;
        to_drop = n->later;
        for (unsigned times = n->drops; times; times--) {
            n->drops = times - 1;
            uc_node_drop(n);
        }
    }
    callers--;
    uc_unlock(&lock);
}
