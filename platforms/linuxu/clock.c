/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: the kernel's clocks. */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/poll.h>
#include <linux/time.h>
#include <uc/platform.h>
#include <uc/raw.h>

#include "wait.h"

/* With a 64-bit time everywhere. */
#ifdef __NR_clock_gettime64
#define NR_CLOCK_GETTIME __NR_clock_gettime64
#define NR_PPOLL __NR_ppoll_time64
#else
#define NR_CLOCK_GETTIME __NR_clock_gettime
#define NR_PPOLL __NR_ppoll
#endif

static uint64_t clock(long id)
{
    struct __kernel_timespec t = {0, 0};

    uc_raw2(NR_CLOCK_GETTIME, id, (long)&t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
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
    const struct __kernel_timespec t = {
        .tv_sec = (__kernel_time64_t)(ns / 1000000000),
        .tv_nsec = (long long)(ns % 1000000000)};

    uc_raw5(NR_PPOLL, (long)devices, (long)device_count, (long)&t, 0, 0);
}

uint64_t uc_plat_ticks(void)
{
    return uc_plat_clock_ns();
}
