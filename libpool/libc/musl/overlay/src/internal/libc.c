/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libc.c: the state that all of libc shares, and the block of the only thread
 * where there is one. Both are defined as numbers of the same layout, for the
 * reason given in __environ.c.
 */
#include <stddef.h>

#include "libc.h"
#include "pthread_impl.h"

enum {
    STATE = offsetof(struct __pthread, detach_state),
    REST = sizeof(struct __pthread) - STATE - sizeof(int)
};

_Alignas(16) uint32_t uc_libc_words[sizeof(struct __libc) / 4] __asm__(
    "__libc");

struct {
    uintptr_t before[STATE / sizeof(uintptr_t)];
    int detach_state;
    uint32_t after[REST / 4];
} uc_thread_words __asm__("uc_main_thread") = {.detach_state = DT_JOINABLE};

size_t __hwcap;

_Static_assert(sizeof uc_thread_words == sizeof(struct __pthread), "layout");
_Static_assert(offsetof(struct __pthread, detach_state) % 8 == 0, "layout");
