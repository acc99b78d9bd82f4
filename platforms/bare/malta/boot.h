/* SPDX-License-Identifier: BSD-2-Clause */
/* boot.h: the memory that the machine has, and how the program is started. */
#ifndef UC_BOOT_H
#define UC_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "layout.h"

/* From entry.S, in kernel mode, on the stack of exceptions. */
_Noreturn void uc_boot(const uint32_t *argv, uint32_t memory);
/* In user mode, on the stack that ends there: uc_line_start. */
_Noreturn void uc_boot_on(uintptr_t stack_end);

/* Says what is wrong with the machine, and stops it. */
_Noreturn void uc_boot_fail(const char *why, size_t n);
#define UC_BOOT_FAIL(why) uc_boot_fail(why "\n", sizeof why)

/* Of memory: its end, without the stack's, and how much that is. */
extern uint32_t uc_ram_end, uc_stack_size;
extern char uc_image_end[];

/* ---- uhi.c: the monitor's semihosting ---- */

enum {
    UHI_EXIT = 1,
    UHI_WRITE = 5,
    UHI_ARGUMENT_SIZE = 10,
    UHI_ARGUMENT = 11,
};

extern bool uc_uhi; /* there is one */
/* In kernel mode; pointers are to KERNEL. */
int uc_uhi_call(int call, uint32_t a, uint32_t b, uint32_t c);

#endif
