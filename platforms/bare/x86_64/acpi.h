/* SPDX-License-Identifier: BSD-2-Clause */
/* acpi.h: the tables in which a PC's firmware tells what there is. */
#ifndef UC_BARE_ACPI_H
#define UC_BARE_ACPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boot.h"

enum {
    ACPI_LENGTH = 4, /* of each table, in its head */
    ACPI_HEAD = 36
};

static inline uint32_t acpi_word(const uint8_t *p)
{
    return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The length of a table as far as the window shows it. */
static inline uint32_t acpi_length(const uint8_t *table)
{
    uint32_t n = acpi_word(table + ACPI_LENGTH);

    return n < LARGE_PAGE ? n : LARGE_PAGE;
}

/* What lies at p, through the window; NULL for 0. */
const uint8_t *uc_acpi_see(int window, uint64_t p);
/* The table of this name, four letters, low byte first; NULL: there is none. */
const uint8_t *uc_acpi_table(uint32_t name);

#endif
