/* SPDX-License-Identifier: BSD-2-Clause */
/* thread.c: the kernel's threads, and the signal that takes calls back. */
#include <asm/unistd.h>
#include <stdint.h>
#include <uc/platform.h>
#include <uc/raw.h>
#include <uc/sys.h>
#include <uc/thread.h>

/* What a new thread finds at the top of its stack. */
struct start {
    int (*func)(void *);
    void *arg;
};

void uc_thread_pointer(void *tls)
{
    uc_plat_tls(tls);
}

long uc_clone_call(long flags, struct start *stack, int *parent_tid,
                   int *child_tid, void *tls);
_Noreturn void uc_thread_begin(struct start *s);

_Noreturn void uc_thread_begin(struct start *s)
{
    uc_raw1(__NR_exit, s->func(s->arg));
    __builtin_unreachable();
}

long uc_clone(int (*func)(void *), void *stack, int flags, void *arg,
              int *parent_tid, void *tls, int *child_tid)
{
    struct start *s = (struct start *)((uintptr_t)stack & ~(uintptr_t)15) - 1;

    s->func = func;
    s->arg = arg;
    return uc_clone_call(flags, s, parent_tid, child_tid, tls);
}
