/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigaction.h: the struct of rt_sigaction, as libc has it; the kernel's headers
 * have an older one on some machines. A kernel without SA_RESTORER has no
 * `restorer` and takes it for the mask: it is 0 then.
 */
#ifndef UC_SIGACTION_H
#define UC_SIGACTION_H

/* Signals are 1 to this number; what a set of them has bits for. */
enum {
#if defined(__mips__)
    UC_SIGNALS = 128
#else
    UC_SIGNALS = 64
#endif
};

struct uc_sigaction {
#if defined(__mips__)
    unsigned flags;
    void (*handler)(int);
#else
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
#endif
    unsigned mask[UC_SIGNALS / 32]; /* the first signals first */
};

#endif
