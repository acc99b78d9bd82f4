/* SPDX-License-Identifier: BSD-2-Clause */
/* log.c: the pool's own lines, on the console. */
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/string.h>

void uc_log(const char *what, long number)
{
    char line[160] = "unicore: ", digits[20];
    size_t n = 9, length = strlen(what), d = 0;
    if (length > 120)
        length = 120;
    memcpy(line + n, what, length);
    n += length;
    if (number >= 0) {
        line[n++] = ' ';
        do
            digits[d++] = (char)('0' + number % 10);
        while (number /= 10);
        while (d)
            line[n++] = digits[--d];
    }
    line[n++] = '\n';
    uc_plat_console_write(line, n);
}
