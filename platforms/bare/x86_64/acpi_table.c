/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi_table.c: where the firmware's tables are (ACPI 6.0: 5.2.5 to 5.2.8).
 *
 *     RSDP -> RSDT or XSDT -> the tables
 *
 * The RSDP is what the boot loader gave, or lies in the first KiB of the
 * firmware's data or between 0xe0000 and 1 MiB. Tables are seen through the
 * windows of boot.h, 0 for lists of tables and code, 1 for the rest.
 */
#include <linux/types.h>

#include "acpi.h"
#include "boot.h"

enum {
    FIRMWARE_DATA = 0x40e, /* the segment of it */
    FIRMWARE_START = 0xe0000,
    FIRMWARE_END = 0x100000,
    RSDP_XSDT = 24,
    RSDP_RSDT = 16,
    RSDP_REVISION = 15,
    RSDP_SUMMED = 20,
};

static const uint32_t RSD = 0x20445352, PTR = 0x20525450;

const uint8_t *uc_acpi_see(int window, uint64_t p)
{
    const uint8_t *seen = boot_window(window, p);

    cpu_flush_pages();
    return seen;
}

static const uint8_t *find_rsdp(const uint8_t *p, uint32_t n)
{
    for (; n >= RSDP_SUMMED; p += 16, n -= 16) {
        uint8_t sum = 0;
        for (int i = 0; i < RSDP_SUMMED; i++)
            sum = (uint8_t)(sum + p[i]);
        if (acpi_word(p) == RSD && acpi_word(p + 4) == PTR && !sum)
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
        return uc_acpi_see(1, info->rsdp);
    low = uc_acpi_see(1, 1) - 1; /* 0 is nothing */
    uint32_t data = (uint32_t)(low[FIRMWARE_DATA] << 4) |
                    (uint32_t)(low[FIRMWARE_DATA + 1] << 12);
    found = find_rsdp(low + data, 1024);
    return found
               ? found
               : find_rsdp(low + FIRMWARE_START, FIRMWARE_END - FIRMWARE_START);
}

const uint8_t *uc_acpi_table(uint32_t name)
{
    const uint8_t *root = rsdp();
    bool wide = root && root[RSDP_REVISION] >= 2 && acpi_word(root + RSDP_XSDT);
    const uint8_t *list =
        root ? uc_acpi_see(0, acpi_word(root + (wide ? RSDP_XSDT : RSDP_RSDT)))
             : NULL;
    uint32_t step = wide ? 8 : 4;

    if (!list)
        return NULL;
    for (uint32_t at = ACPI_HEAD; at + step <= acpi_length(list); at += step) {
        const uint8_t *table = uc_acpi_see(1, acpi_word(list + at));
        if (table && acpi_word(table) == name)
            return table;
    }
    return NULL;
}
