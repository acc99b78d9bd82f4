/* SPDX-License-Identifier: BSD-2-Clause */
/* setlocale.h: what newlib asks its locale, answered for "C". */
#ifndef _SETLOCALE_H_
#define _SETLOCALE_H_

#include <_ansi.h>
#include <time.h>

struct __locale_t;

struct lc_numeric_T {
    const char *decimal_point, *thousands_sep, *grouping;
};
struct lc_time_T {
    const char *mon[12], *month[12], *wday[7], *weekday[7];
    const char *X_fmt, *x_fmt, *c_fmt, *am_pm[2], *date_fmt;
    const char *alt_month[12], *md_order, *ampm_fmt;
    const char *era, *era_d_fmt, *era_d_t_fmt, *era_t_fmt, *alt_digits;
};
extern const struct lc_time_T _C_time_locale;

static inline struct __locale_t *__get_current_locale(void)
{
    return 0;
}
static inline struct __locale_t *__get_C_locale(void)
{
    return 0;
}
static inline const struct lc_time_T *__get_time_locale(struct __locale_t *l)
{
    (void)l;
    return &_C_time_locale;
}
static inline const struct lc_time_T *__get_current_time_locale(void)
{
    return &_C_time_locale;
}
static inline const struct lc_numeric_T *
__get_numeric_locale(struct __locale_t *l)
{
    static const struct lc_numeric_T c = {".", "", ""};

    (void)l;
    return &c;
}

#endif
