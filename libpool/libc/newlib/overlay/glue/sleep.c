/* SPDX-License-Identifier: BSD-2-Clause */
/* sleep.c: waits, in seconds or microseconds. */
#include <time.h>
#include <unistd.h>

unsigned sleep(unsigned seconds)
{
    struct timespec t = {seconds, 0};

    return nanosleep(&t, &t) ? (unsigned)t.tv_sec : 0;
}

int usleep(unsigned us)
{
    struct timespec t = {us / 1000000, us % 1000000 * 1000};

    return nanosleep(&t, &t);
}
