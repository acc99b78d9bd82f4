/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * atomic.c: the calls that compilers make for atomic accesses which are none
 * of the processor's (the library libatomic elsewhere). All are one after the
 * other, which is the strongest order.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hold.h"

uint64_t __atomic_load_8(const uint64_t *p, int order);
void __atomic_store_8(uint64_t *p, uint64_t v, int order);
bool __atomic_compare_exchange_8(uint64_t *p, uint64_t *expected, uint64_t v,
                                 int order, int failed);

uint64_t __atomic_load_8(const uint64_t *p, int order)
{
    struct hold h;

    (void)order;
    hold_begin(&h);
    uint64_t v = *p;
    hold_end(&h);
    return v;
}

void __atomic_store_8(uint64_t *p, uint64_t v, int order)
{
    struct hold h;

    (void)order;
    hold_begin(&h);
    *p = v;
    hold_end(&h);
}

/* Puts what `change` makes of the old value, which is returned. */
#define CHANGE(name, change)                                                   \
    uint64_t __atomic_##name##_8(uint64_t *p, uint64_t v, int order);          \
    uint64_t __atomic_##name##_8(uint64_t *p, uint64_t v, int order)           \
    {                                                                          \
        struct hold h;                                                         \
        (void)order;                                                           \
        hold_begin(&h);                                                        \
        uint64_t was = *p;                                                     \
        *p = change;                                                           \
        hold_end(&h);                                                          \
        return was;                                                            \
    }
CHANGE(exchange, v)
CHANGE(fetch_add, was + v)
CHANGE(fetch_sub, was - v)
CHANGE(fetch_and, was &v)
CHANGE(fetch_nand, ~(was &v))
CHANGE(fetch_or, was | v)
CHANGE(fetch_xor, was ^ v)

bool __atomic_compare_exchange_8(uint64_t *p, uint64_t *expected, uint64_t v,
                                 int order, int failed)
{
    struct hold h;

    (void)order, (void)failed;
    hold_begin(&h);
    uint64_t was = *p;
    bool same = was == *expected;
    if (same)
        *p = v;
    hold_end(&h);
    *expected = was;
    return same;
}

/* ---- of any size; the compiler has declared them in its own way ---- */

static void copy(void *to, const void *from, size_t n)
{
    const char *s = from;

    for (char *p = to; n; n--)
        *p++ = *s++;
}

static bool equal(const void *a, const void *b, size_t n)
{
    const char *p = a, *q = b;

    while (n && *p == *q)
        n--, p++, q++;
    return !n;
}

void uc_atomic_load(size_t n, const void *p, void *to,
                    int order) __asm__("__atomic_load");
void uc_atomic_store(size_t n, void *p, const void *from,
                     int order) __asm__("__atomic_store");
void uc_atomic_exchange(size_t n, void *p, const void *from, void *to,
                        int order) __asm__("__atomic_exchange");
bool uc_atomic_compare_exchange(
    size_t n, void *p, void *expected, const void *from, int order,
    int failed) __asm__("__atomic_compare_exchange");

void uc_atomic_load(size_t n, const void *p, void *to, int order)
{
    struct hold h;

    (void)order;
    hold_begin(&h);
    copy(to, p, n);
    hold_end(&h);
}

void uc_atomic_store(size_t n, void *p, const void *from, int order)
{
    struct hold h;

    (void)order;
    hold_begin(&h);
    copy(p, from, n);
    hold_end(&h);
}

void uc_atomic_exchange(size_t n, void *p, const void *from, void *to,
                        int order)
{
    struct hold h;

    (void)order;
    hold_begin(&h);
    for (size_t i = 0; i < n; i++) { /* `from` and `to` may be the same */
        char new = ((const char *)from)[i];
        ((char *)to)[i] = ((char *)p)[i];
        ((char *)p)[i] = new;
    }
    hold_end(&h);
}

bool uc_atomic_compare_exchange(size_t n, void *p, void *expected,
                                const void *from, int order, int failed)
{
    struct hold h;

    (void)order, (void)failed;
    hold_begin(&h);
    bool same = equal(p, expected, n);
    if (same)
        copy(p, from, n);
    else
        copy(expected, p, n);
    hold_end(&h);
    return same;
}
