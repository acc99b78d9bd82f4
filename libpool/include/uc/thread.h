/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread.h: what the role posix gives to libc for threads. The symbols begin
 * with uc_sys_, so that a platform without them answers -ENOSYS.
 */
#ifndef UC_THREAD_H
#define UC_THREAD_H

#include <stddef.h>

/*
 * Starts a thread, or with fewer flags a process, as Linux's clone does: func
 * runs on the stack that ends at `stack`; what it returns is the argument of
 * exit, the system call of one thread. Returns the thread's number or -errno.
 */
long uc_clone(int (*func)(void *), void *stack, int flags, void *arg,
              int *parent_tid, void *tls,
              int *child_tid) __asm__("uc_sys_thread");

/* Ends this thread and frees [base, base + size), which has its stack. */
_Noreturn void uc_unmap_self(void *base,
                             size_t size) __asm__("uc_sys_unmap_self");

/* Sets the thread pointer of this thread. */
void uc_thread_pointer(void *tls) __asm__("uc_sys_thread_pointer");

/*
 * Cancellation: libc sets UC_CANCEL_CALL for the time of a system call that
 * pthread_cancel may end. The handler of its signal makes UC_CANCEL_NOW of it,
 * and calls uc_cancel_signal with its third argument: a call that has not
 * begun, or would wait, is to return -EINTR then. One that has done something
 * returns what it did.
 */
enum {
    UC_CANCEL_NONE,
    UC_CANCEL_CALL,
    UC_CANCEL_NOW,
};
extern _Thread_local volatile int uc_cancel; /* libc's, with CFG_CANCEL */
extern const int CFG_CANCEL;

void uc_cancel_signal(int sig, void *context) __asm__("uc_sys_cancel_signal");

#endif
