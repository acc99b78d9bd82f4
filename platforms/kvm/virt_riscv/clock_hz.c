/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_hz.c: the rate of the processor's time. */
#include "clock.h"
#include "machine.h"

uint64_t uc_clock_hz(void)
{
    const uint64_t usual = 10000000; /* where the tree has none */
    uint64_t hz = uc_machine()->hz;

    return hz ? hz : usual;
}
