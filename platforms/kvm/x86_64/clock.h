/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: how fast the time stamp counter goes (clock_rate.c and others). */
#ifndef UC_KVM_CLOCK_H
#define UC_KVM_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TIMER_HZ = 1193182 /* of the PC's timer chip */
};

/* Timer and counter at once: `wide` ticks of the counter long, as it may be. */
struct clock_sample {
    uint64_t tsc, wide;
    uint16_t count;
    bool over; /* the timer has been at zero, or there is none */
};
struct clock_sample uc_clock_start_timer(void);
struct clock_sample uc_clock_sample(void);

/* Rates are nanoseconds per tick, times 2^32; 0: not known. */
uint64_t uc_clock_rate_told(void); /* without waiting */
/* 0 unless the time between the two is long enough. */
uint64_t uc_clock_rate_between(const struct clock_sample *first,
                               const struct clock_sample *now);
uint64_t uc_clock_rate_measured(void); /* waits; never 0 */

/* No processor's counter goes faster. */
static const uint64_t CLOCK_MOST_HZ = 20000000000;
/* 0 if no processor is like that. */
uint64_t uc_clock_rate_of(uint64_t hz);
/* Where the timer chip does not tell. They wait; 0: nothing there tells. */
uint64_t uc_clock_rate_spare(void);
uint64_t uc_clock_rate_of_date(void);

#endif
