/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_arch.h: the thread pointer. A program with one thread has its
 * control block at a fixed address and needs no %fs.
 */
extern const int CFG_THREADS;
extern struct __pthread uc_main_thread;

static inline uintptr_t __get_tp()
{
    uintptr_t tp;

    if (!CFG_THREADS)
        return (uintptr_t)&uc_main_thread;
    __asm__("mov %%fs:0,%0" : "=r"(tp));
    return tp;
}

#define MC_PC gregs[REG_RIP]
