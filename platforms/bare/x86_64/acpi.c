/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi.c: switching off: state S5 of ACPI (6.0: 4.8.3, 5.2.5 to 5.2.9, 7.4.2).
 *
 *     RSDP -> RSDT or XSDT -> FADT: the control registers, and -> DSDT: _S5_
 *
 * The RSDP is what the boot loader gave, or lies in the first KiB of the
 * firmware's data or between 0xe0000 and 1 MiB. Of the DSDT's code nothing is
 * run: the name _S5_ is looked for with the package of constants behind it,
 * which is how all firmware writes it. Tables are seen through the windows of
 * boot.h, 0 for lists of tables and code, 1 for the rest.
 */
#include <linux/types.h>

#include "boot.h"
#include "machine.h"

enum {
    FIRMWARE_DATA = 0x40e, /* the segment of it */
    FIRMWARE_START = 0xe0000,
    FIRMWARE_END = 0x100000,
    RSDP_XSDT = 24,
    RSDP_RSDT = 16,
    RSDP_REVISION = 15,
    RSDP_SUMMED = 20,
    TABLE_LENGTH = 4,
    TABLE_HEAD = 36,
    FADT_DSDT = 40,
    FADT_COMMAND = 48, /* port by which firmware hands over */
    FADT_ENABLE = 52,  /* what to write there */
    FADT_CONTROL_A = 64,
    FADT_CONTROL_B = 68,
    ACPI_ON = 1, /* in the control registers */
    TYPE_SHIFT = 10,
    TYPE_MASK = 7 << TYPE_SHIFT,
    SLEEP = 1 << 13,
    CODE_NAME = 0x08,
    CODE_PACKAGE = 0x12,
    CODE_BYTE = 0x0a,
    PATIENCE = 1000000,
};

static const uint32_t FACP = 0x50434146, S5 = 0x5f35535f, RSD = 0x20445352,
                      PTR = 0x20525450;

static uint32_t word(const uint8_t *p)
{
    return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static const uint8_t *see(int window, uint64_t p)
{
    const uint8_t *seen = boot_window(window, p);

    cpu_flush_pages();
    return seen;
}

/* The length of a table as far as the window shows it. */
static uint32_t length(const uint8_t *table)
{
    uint32_t n = word(table + TABLE_LENGTH);

    return n < LARGE_PAGE ? n : LARGE_PAGE;
}

static const uint8_t *find_rsdp(const uint8_t *p, uint32_t n)
{
    for (; n >= RSDP_SUMMED; p += 16, n -= 16) {
        uint8_t sum = 0;
        for (int i = 0; i < RSDP_SUMMED; i++)
            sum = (uint8_t)(sum + p[i]);
        if (word(p) == RSD && word(p + 4) == PTR && !sum)
            return p;
    }
    return NULL;
}

static const uint8_t *rsdp(void)
{
    const struct boot_info *info = boot_window(1, uc_boot_info);
    const uint8_t *low, *found;

    cpu_flush_pages();
    if (info->rsdp)
        return see(1, info->rsdp);
    low = see(1, 1) - 1; /* 0 is nothing */
    uint32_t data = (uint32_t)(low[FIRMWARE_DATA] << 4) |
                    (uint32_t)(low[FIRMWARE_DATA + 1] << 12);
    found = find_rsdp(low + data, 1024);
    return found
               ? found
               : find_rsdp(low + FIRMWARE_START, FIRMWARE_END - FIRMWARE_START);
}

static const uint8_t *find_fadt(const uint8_t *root)
{
    bool wide = root[RSDP_REVISION] >= 2 && word(root + RSDP_XSDT);
    const uint8_t *list = see(0, word(root + (wide ? RSDP_XSDT : RSDP_RSDT)));
    uint32_t step = wide ? 8 : 4;

    if (!list)
        return NULL;
    for (uint32_t at = TABLE_HEAD; at + step <= length(list); at += step) {
        const uint8_t *table = see(1, word(list + at));
        if (table && word(table) == FACP)
            return table;
    }
    return NULL;
}

/* A small constant; *p moves behind it. */
static unsigned constant(const uint8_t **p)
{
    if (**p == CODE_BYTE)
        ++*p;
    return *(*p)++ & 7;
}

/* The values for registers A and B, in place; false: there is no _S5_. */
static bool find_types(const uint8_t *code, unsigned *a, unsigned *b)
{
    uint32_t n = code ? length(code) : 0;

    for (uint32_t i = TABLE_HEAD + 2; i + 12 < n; i++) {
        const uint8_t *p = code + i;
        if (word(p) != S5 || p[4] != CODE_PACKAGE ||
            (p[-1] != CODE_NAME && (p[-1] != '\\' || p[-2] != CODE_NAME)))
            continue;
        p += 5;
        p += (*p >> 6) + 2; /* the package's length, of 1 to 4 bytes; count */
        *a = constant(&p) << TYPE_SHIFT;
        *b = constant(&p) << TYPE_SHIFT;
        return true;
    }
    return false;
}

static void sleep(uint32_t port, unsigned type)
{
    if (port)
        out16((uint16_t)port,
              (uint16_t)((in16((uint16_t)port) & ~TYPE_MASK) | type | SLEEP));
}

void uc_acpi_off(void)
{
    const uint8_t *root = rsdp(), *fadt = root ? find_fadt(root) : NULL;
    unsigned a, b;

    if (!fadt || !find_types(see(0, word(fadt + FADT_DSDT)), &a, &b))
        return;
    uint32_t port = word(fadt + FADT_CONTROL_A);
    uint32_t command = word(fadt + FADT_COMMAND);
    if (command && port && !(in16((uint16_t)port) & ACPI_ON)) {
        out8((uint16_t)command, fadt[FADT_ENABLE]);
        for (int i = 0; i < PATIENCE && !(in16((uint16_t)port) & ACPI_ON); i++)
            cpu_pause();
    }
    sleep(port, a);
    sleep(word(fadt + FADT_CONTROL_B), b);
    for (int i = 0; i < PATIENCE; i++)
        cpu_pause();
}
