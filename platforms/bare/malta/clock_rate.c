/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock_rate.c: how fast the processor counts, by the PC's timer chip: once,
 * over 10 ms and more from when the clock was first read, so that only who
 * reads it again at once has to wait for that. Of a few looks at the timer the
 * fastest is the one that the machine was not away in. No wait is for ever: a
 * timer that does not answer is one of a usual rate, that of QEMU's processors.
 */
#include "clock.h"

#include <stdbool.h>

#include "console.h"
#include "cpu.h"

enum {
    TIMER = 0x40, /* channel 0 */
    TIMER_CONTROL = 0x43,
    TIMER_HZ = 1193182,
    TIMER_TICKS = TIMER_HZ / 100,
    USUAL_HZ = 160000000,
    TRIES = 10,
    LONG = 1 << 30, /* in counts: there is no such timer */
};

struct sample {
    uint32_t at, wide; /* in counts */
    uint16_t timer;
    bool over;
};

static struct sample first;

/* What is latched is of a time while the command is written. */
static struct sample look(void)
{
    struct sample s = {.at = cpu_count()};

    out8(TIMER_CONTROL, 0xc2); /* latches state and count of channel 0 */
    s.wide = cpu_count() - s.at;
    s.at += s.wide / 2;
    s.over = in8(TIMER) & 0x80;
    s.timer = in8(TIMER);
    s.timer = (uint16_t)(in8(TIMER) << 8 | s.timer);
    return s;
}

/* Channel 0, one shot, counts down from its greatest value. */
static struct sample start(void)
{
    out8(TIMER_CONTROL, 0x30);
    out8(TIMER, 0xff);
    out8(TIMER, 0xff);
    struct sample s = look();

    for (int i = 0; i < 3; i++) {
        struct sample now = look();
        if (now.wide < s.wide)
            s = now;
    }
    return s;
}

/* 0: the machine was away for too long, or there is no such timer. */
static uint32_t measure(void)
{
    struct sample now;
    uint32_t counts;
    uint16_t ticks;

    do {
        now = look();
        ticks = first.timer - now.timer;
        counts = now.at - first.at;
        if (now.over || counts > LONG)
            return 0;
    } while (ticks < TIMER_TICKS || now.wide > counts / 1024);
    return (uint32_t)((uint64_t)counts * TIMER_HZ / ticks);
}

void uc_clock_start(void)
{
    first = start();
}

uint32_t uc_clock_hz(void)
{
    static uint32_t hz;

    if (hz)
        return hz;
    uint32_t was = cpu_interrupts_hold();
    for (int i = 0; i < TRIES && !hz; i++) {
        hz = measure();
        if (!hz)
            uc_clock_start();
    }
    if (!hz)
        hz = USUAL_HZ;
    cpu_interrupts_let(was);
    return hz;
}
