/* SPDX-License-Identifier: BSD-2-Clause */
/* time.c: seconds since 1970. */
#include <time.h>

time_t time(time_t *to)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}
