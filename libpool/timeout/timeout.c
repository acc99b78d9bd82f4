/* SPDX-License-Identifier: BSD-2-Clause */
/* timeout.c: a list, soonest first. */
#include <stddef.h>
#include <uc/clock.h>
#include <uc/timeout.h>

static struct uc_timeout *first;

void uc_timeout_stop(struct uc_timeout *t)
{
    if (!t->link)
        return;
    *t->link = t->next;
    if (t->next)
        t->next->link = t->link;
    t->link = NULL;
}

void uc_timeout_set(struct uc_timeout *t, uint64_t at)
{
    struct uc_timeout **link = &first;

    uc_timeout_stop(t);
    while (*link && (*link)->at <= at)
        link = &(*link)->next;
    t->at = at;
    t->next = *link;
    t->link = link;
    if (t->next)
        t->next->link = &t->next;
    *link = t;
}

uint64_t uc_timeout_poll(void)
{
    uint64_t now;

    if (!first)
        return UINT64_MAX;
    now = uc_clock_mono();
    while (first && first->at <= now) {
        struct uc_timeout *t = first;
        uc_timeout_stop(t);
        t->fire(t);
    }
    return first ? first->at : UINT64_MAX;
}
