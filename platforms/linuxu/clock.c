/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: the kernel's clocks. */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/poll.h>
#include <linux/time.h>
#include <uc/platform.h>
#include <uc/raw.h>

#include "wait.h"

struct pair {
    long s, ns;
};

static uint64_t clock(long id)
{
    struct pair t = {0, 0};

    uc_raw2(__NR_clock_gettime, id, (long)&t);
    return (uint64_t)t.s * 1000000000 + (uint64_t)t.ns;
}

uint64_t uc_plat_clock_ns(void)
{
    return clock(CLOCK_MONOTONIC);
}

uint64_t uc_plat_wall_ns(void)
{
    return clock(CLOCK_REALTIME);
}

/* Devices here are descriptors. */
static struct pollfd devices[3] = {{-1, POLLIN, 0}}; /* the console first */
static size_t device_count = 1;

void uc_wait_for_console(bool on)
{
    devices[0].fd = on ? 0 : -1;
}

void uc_plat_wait_also(int fd)
{
    if (device_count < sizeof devices / sizeof *devices)
        devices[device_count++] = (struct pollfd){fd, POLLIN, 0};
}

void uc_plat_wait(uint64_t ns)
{
    struct pair t = {(long)(ns / 1000000000), (long)(ns % 1000000000)};

    uc_raw5(__NR_ppoll, (long)devices, (long)device_count, (long)&t, 0, 0);
}

uint64_t uc_plat_ticks(void)
{
    return uc_plat_clock_ns();
}
