/* SPDX-License-Identifier: BSD-2-Clause */
/* Formats, in and out: integers, strings, floating point, odd corners. */
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void integers(long long x)
{
    static const char *const formats[] = {
        "%lld",     "%lli",        "%llu",      "%llo",      "%llx",
        "%llX",     "%+lld",       "% lld",     "%#llo",     "%#llx",
        "%#llX",    "%.0lld",      "%.5lld",    "%12lld|",   "%-12lld|",
        "%012lld|", "%-012lld|",   "%12.7lld|", "%#.0llo",   "%#.3llo",
        "%+.0lld",  "%#25.20llx|", "%'lld",     "%0'12lld|", "%'-+12lld|"};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        printf(formats[i], x);
        putchar(' ');
    }
    printf("%hhd %hhu %hd %hu %d %u %ld %zu %jd %td %hhx %#ho\n",
           (signed char)x, (unsigned char)x, (short)x, (unsigned short)x,
           (int)x, (unsigned)x, (long)x, (size_t)x, (intmax_t)x, (ptrdiff_t)x,
           (unsigned char)x, (unsigned short)x);
}

static void strings(void)
{
    char room[8];
    int n = 0, m;
    signed char c = 0;

    printf("%s|%5s|%-5s|%.2s|%5.1s|%%|%c|%3c|%-3c|\n", "abc", "abc", "abc",
           "abc", "abc", 'x', 'y', 'z');
    printf("%*d|%-*d|%.*d|%*.*d|\n", 5, 1, 5, 2, 3, 3, -6, 2, 4);
    printf("abc%n def%hhn\n", &n, &c);
    printf("%d %d\n", n, c);
    m = snprintf(room, sizeof room, "%s", "0123456789");
    printf("%d %s\n", m, room);
    m = snprintf(NULL, 0, "%d %s", 12345, "xyz");
    printf("%d %s %.3s %s\n", m, (char *)NULL, (char *)NULL, "");
    printf("%'u%'s%#'x%'p|", 1234567u, "abc", 16, (void *)0x12345678);
    printf("%05s%05c%-03s|%0*d\n", "ab", 'c', "d", 4, 7);
    errno = ENOENT;
    printf("%m\n");
    printf("%d\n", sprintf(room, "%c%c", 0, 'a'));
}

static void floats(double x)
{
    printf("%f %e %g %a %.0f %.0e %.3g %#g %+.2f %10.2f| %-12.3e| %012.4f %G "
           "%.17g %.30f %Lf %.20Lg %'.3f\n",
           x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, (long double)x,
           (long double)x / 3, x);
}

static void scan_integers(const char *text)
{
    int a = -1, b = -1, n = -1, r;
    signed char c = -1;
    short s = -1;
    long long ll = -1;
    size_t z = 77;
    char w[16] = "", set[16] = "";

    r = sscanf(text, "%d %i%n", &a, &b, &n);
    printf("%d: %d %d %d; ", r, a, b, n);
    r = sscanf(text, "%hhd %hd %lld %zu", &c, &s, &ll, &z);
    printf("%d: %d %d %lld %zu; ", r, c, s, ll, z);
    r = sscanf(text, "%3d%2x %15s", &a, (unsigned *)&b, w);
    printf("%d: %d %x %s; ", r, a, b, w);
    r = sscanf(text, " %15[^,],%15[0-9a-f] %*s %d", w, set, &a);
    printf("%d: %s %s %d; ", r, w, set, a);
    r = sscanf(text, "%4c %o %u", w, (unsigned *)&a, (unsigned *)&b);
    printf("%d: %.4s %d %d\n", r, w, a, b);
}

static void scan_floats(const char *text)
{
    float f = -1;
    double d = -1;
    long double l = -1;
    int n = -1, r;
    char rest[16] = "";

    r = sscanf(text, "%lf%n%15s", &d, &n, rest);
    printf("%d: %.17g %d %s; ", r, d, n, rest);
    r = sscanf(text, "%f %Lf", &f, &l);
    printf("%d: %.9g %.20Lg; ", r, (double)f, l);
    r = sscanf(text, "%5lf%*c%lg", &d, &d);
    printf("%d: %.17g\n", r, d);
}

int main(void)
{
    static const long long numbers[] = {0,       1,       -1,        7,
                                        8,       100,     -12345,    65535,
                                        INT_MAX, INT_MIN, LLONG_MAX, LLONG_MIN};
    static const double values[] = {
        0,        -0.0,      1,       0.1,      1.5,     2.5,     -9.5,
        123456,   1234567,   0.00001, 99999.95, DBL_MAX, DBL_MIN, 5e-324,
        INFINITY, -INFINITY, NAN,     1e15,     1e21,    M_PI};
    static const char *const text[] = {"",
                                       "12 34",
                                       "0x1f 077",
                                       "-5 +6 99999999999 7",
                                       "abc,def gh 9",
                                       "  1,2",
                                       "123456 zz",
                                       "+ 1",
                                       "0x 3",
                                       "08 09",
                                       "1 2 3 4 5",
                                       "aaaa 17 18",
                                       "-0x10 -010 -1 -1"};
    static const char *const reals[] = {"",
                                        "1.5",
                                        "-2.25e3 7",
                                        "1e",
                                        "1e+ 3",
                                        ".5.5",
                                        "0x1.8p3x",
                                        "0x.8",
                                        "inf",
                                        "infinity!",
                                        "infi",
                                        "nan",
                                        "nan(12) x",
                                        "-nan",
                                        "1e400 1e-400",
                                        "123456789012345678901234567890 0.1",
                                        "0.1e-5 3",
                                        "00012.50 2",
                                        "e5",
                                        "+.e3",
                                        "1_000",
                                        "2.2250738585072011e-308 4.9e-324"};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        integers(numbers[i]);
    strings();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        floats(values[i]);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        scan_integers(text[i]);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        scan_floats(reals[i]);
    return 0;
}
