/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault.c: the last words of a program that went wrong, one line:
 *
 *     unicore: fault 14 error=2 ip=100a31 sp=3ffffff0 flags=... address=0 ...
 *
 * The vector is decimal, all else hexadecimal. unicore-run explains it.
 */
#include <uc/platform.h>

#include "cpu.h"

_Noreturn void uc_fault(const uint64_t *registers);

/* What the processor pushes, at the end of the fault stack. */
struct frame {
    uint64_t ip, cs, flags, sp, ss;
};
extern const struct frame uc_fault_stack_end[];

enum {
    VECTOR = 15
}; /* its place after 15 registers; then the error code */

static void put(char c)
{
    uc_plat_console_write(&c, 1);
}

static void put_hex(uint64_t v)
{
    if (v >> 4)
        put_hex(v >> 4);
    put("0123456789abcdef"[v & 15]);
}

_Noreturn void uc_fault(const uint64_t *registers)
{
    const struct frame *f = uc_fault_stack_end - 1;
    const uint64_t *error = registers + VECTOR + 1;
    const uint64_t head[] = {
        registers[VECTOR], error == &f->ip ? 0 : *error, f->ip, f->sp,
        f->flags,          cpu_fault_address(),
    };
    enum {
        HEAD = sizeof head / sizeof *head
    };
    const char *s = "\nunicore: fault % error=% ip=% sp=% flags=% address=% "
                    "rax=% rbx=% rcx=% rdx=% rsi=% rdi=% rbp=% r8=% r9=% "
                    "r10=% r11=% r12=% r13=% r14=% r15=%\n";

    for (int i = 0; *s; s++) {
        if (*s != '%') {
            put(*s);
            continue;
        }
        put_hex(i < HEAD ? head[i] : registers[i - HEAD]);
        i++;
    }
    uc_plat_exit(139); /* as a shell shows SIGSEGV */
}
