/* SPDX-License-Identifier: BSD-2-Clause */
/* console_write.c: output, byte by byte as there is room. */
#include <uc/platform.h>

#include "console.h"

void uc_plat_console_write(const void *p, size_t n)
{
    const char *s = p;

    while (n--) {
        while (uart[UART_FLAGS] & UART_FULL)
            ;
        uart[UART_DATA] = (uint8_t)*s++;
    }
}
