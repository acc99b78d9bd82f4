/* SPDX-License-Identifier: BSD-2-Clause */
/* gmtime.c: seconds since 1970 to a date, in the proleptic Gregorian calendar.
 */
#include <errno.h>
#include <limits.h>
#include <time.h>

static struct tm result;

enum {
    DAY = 86400,
    DAYS_400 = 146097,
    DAYS_100 = 36524,
    DAYS_4 = 1461
};

static long at_most(long n, long most)
{
    return n < most ? n : most;
}

/* Years begin in March here, so that the day that may lack is the last. */
struct tm *gmtime_r(const time_t *restrict t, struct tm *restrict tm)
{
    static const char length[] = {31, 30, 31, 30, 31, 31,
                                  30, 31, 30, 31, 31, 29};
    const long march_2000 = 951868800 / DAY;
    long day, second, era, century, four, one, month = 0, leap;

    if (*t < INT_MIN * 31622400LL || *t > INT_MAX * 31622400LL) {
        errno = EOVERFLOW;
        return NULL;
    }
    day = *t / DAY - (*t % DAY < 0);
    second = *t - day * DAY;
    day -= march_2000;
    tm->tm_wday = (int)(((day + 3) % 7 + 7) % 7);
    era = day / DAYS_400 - (day % DAYS_400 < 0);
    day -= era * DAYS_400;
    century = at_most(day / DAYS_100, 3);
    day -= century * DAYS_100;
    four = at_most(day / DAYS_4, 24);
    day -= four * DAYS_4;
    one = at_most(day / 365, 3);
    day -= one * 365;
    leap = one == 0 && (four != 0 || century == 0);
    tm->tm_yday = (int)(day + 31 + 28 + leap);
    if (tm->tm_yday >= 365 + leap)
        tm->tm_yday -= (int)(365 + leap);
    while (day >= length[month])
        day -= length[month++];
    era = 2000 + era * 400 + century * 100 + four * 4 + one + (month >= 10);
    if (era - 1900 > INT_MAX || era - 1900 < INT_MIN) {
        errno = EOVERFLOW;
        return NULL;
    }
    tm->tm_year = (int)(era - 1900);
    tm->tm_mon = (int)(month >= 10 ? month - 10 : month + 2);
    tm->tm_mday = (int)(day + 1);
    tm->tm_hour = (int)(second / 3600);
    tm->tm_min = (int)(second / 60 % 60);
    tm->tm_sec = (int)(second % 60);
    tm->tm_isdst = 0;
    tm->tm_gmtoff = 0;
    tm->tm_zone = "UTC";
    return tm;
}

struct tm *gmtime(const time_t *t)
{
    return gmtime_r(t, &result);
}
