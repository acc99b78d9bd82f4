/* SPDX-License-Identifier: BSD-2-Clause */
/* machine.h: what a PC has beside what kvm's machines have. */
#ifndef UC_BARE_MACHINE_H
#define UC_BARE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Switches the machine off as its firmware says; returns if it cannot. */
void uc_acpi_off(void);

extern const bool uc_has_screen; /* entry.S: of 80 by 25 characters */
void uc_screen_write(const char *p, size_t n);

#endif
