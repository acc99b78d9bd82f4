/* SPDX-License-Identifier: BSD-2-Clause */
/* difftime.c: seconds between two times. */
#include <time.h>

double difftime(time_t a, time_t b)
{
    return (double)(a - b);
}
