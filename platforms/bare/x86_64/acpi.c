/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi.c: switching off: state S5 of ACPI (6.0: 4.8.3, 5.2.9, 7.4.2).
 *
 *     FADT: the control registers, and -> DSDT: _S5_
 *
 * Of the DSDT's code nothing is run: the name _S5_ is looked for with the
 * package of constants behind it, which is how all firmware writes it.
 */
#include <linux/types.h>

#include "acpi.h"
#include "machine.h"

enum {
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

static const uint32_t FACP = 0x50434146, S5 = 0x5f35535f;

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
    uint32_t n = code ? acpi_length(code) : 0;

    for (uint32_t i = ACPI_HEAD + 2; i + 12 < n; i++) {
        const uint8_t *p = code + i;
        if (acpi_word(p) != S5 || p[4] != CODE_PACKAGE ||
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
    const uint8_t *fadt = uc_acpi_table(FACP);
    unsigned a, b;

    if (!fadt ||
        !find_types(uc_acpi_see(0, acpi_word(fadt + FADT_DSDT)), &a, &b))
        return;
    uint32_t port = acpi_word(fadt + FADT_CONTROL_A);
    uint32_t command = acpi_word(fadt + FADT_COMMAND);
    if (command && port && !(in16((uint16_t)port) & ACPI_ON)) {
        out8((uint16_t)command, fadt[FADT_ENABLE]);
        for (int i = 0; i < PATIENCE && !(in16((uint16_t)port) & ACPI_ON); i++)
            cpu_pause();
    }
    sleep(port, a);
    sleep(acpi_word(fadt + FADT_CONTROL_B), b);
    for (int i = 0; i < PATIENCE; i++)
        cpu_pause();
}
