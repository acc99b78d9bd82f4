/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c: the first C code: how much memory there is, the stack's share of it,
 * and the command line. The stack is an eighth of
 * memory, up to 8 MiB; with less than 16 MiB, it is 128 KiB.
 *
 * The command line is the loader's second word, 255 bytes at most (QEMU has no
 * room for more). `=uhi`, which can be no program's, says that there is
 * semihosting, and that the line is its argument 0.
 */
#include "boot.h"

#include <uc/config.h>
#include <uc/line.h>
#include <uc/platform.h>
#include <uc/string.h>

#include "tables.h"

uint32_t uc_ram_end, uc_stack_size;

/* 137, as a shell shows SIGKILL: nothing has run. */
_Noreturn void uc_boot_fail(const char *why, size_t n)
{
    enum {
        FAILED = 137
    };

    uc_plat_console_write("unicore: ", 9);
    uc_plat_console_write(why, n);
    uc_plat_exit(FAILED);
}

/* Numbers: where nobody reads them, nothing is kept. */
static uintptr_t text;

/* The program sees n bytes of kernel mode's p. */
static void show(uint32_t p, uint32_t n)
{
    uintptr_t v = TEXT_START;

    text = v + p % PAGE;
    p &= ~KERNEL & -(uint32_t)PAGE;
    for (; v < text + n && v < TEXT_END; v += PAGE, p += PAGE)
        *entry_of(v) = entry(p, PAGE_CONSTANT);
}

static void find_text(uint32_t line)
{
    if (!line || !*(const char *)line)
        return;
    if (memcmp((const char *)line, "=uhi", 5)) {
        show(line, strlen((const char *)line) + 1);
        return;
    }
    uc_uhi = true;
    if (!CFG_ARGV && !CFG_ENV && !CFG_WORD)
        return;
    int n = uc_uhi_call(UHI_ARGUMENT_SIZE, 0, 0, 0);
    if (n < 0 || n >= LONG_TEXT_MOST ||
        uc_uhi_call(UHI_ARGUMENT, 0, LONG_TEXT | KERNEL, 0))
        UC_BOOT_FAIL("the command line is too long");
    show(LONG_TEXT | KERNEL, (uint32_t)n + 1);
}

_Noreturn void uc_boot(const uint32_t *argv, uint32_t memory)
{
    find_text(argv[0] ? argv[1] : 0);
    uc_ram_end = memory & -(uint32_t)PAGE;
    if (uc_ram_end < (uintptr_t)uc_image_end + STACK_LEAST)
        UC_BOOT_FAIL("too little memory for the image and its stack");
    uc_stack_size = uc_ram_end >> 24 ? uc_ram_end / 8 & -PAGE : STACK_LEAST;
    if (uc_stack_size > STACK_MOST)
        uc_stack_size = STACK_MOST;
    uc_ram_end -= uc_stack_size;
    uc_boot_on(STACK_END);
}

const char *uc_plat_line(void)
{
    return text ? (const char *)text : "";
}

void uc_plat_line_read(void)
{
}
