#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sum(int n, ...)
{
    va_list v;
    long long s = 0;

    va_start(v, n);
    for (int i = 0; i < n; i++)
        s += i % 2 ? (long long)va_arg(v, double) : va_arg(v, long long);
    va_end(v);
    return (int)s;
}

int main(int argc, char **argv)
{
    volatile long long a = 0x123456789abcdefLL, b = 1000003;
    volatile double d = 1.0 / 3, e = 1e300;
    volatile float f = 0.1f;

    for (int i = 1; i < argc; i++)
        printf("%d: %s\n", i, argv[i]);
    printf("A=%s\n", getenv("A"));
    printf("%lld %lld %llx %lld\n", a / b, a % b, (unsigned long long)a << 7,
           -a / 17);
    printf("%llu %d\n", (unsigned long long)a * 77, (int)(a >> 40));
    printf("%.17g %g %e %.3f %a\n", d, e, d * 1e-10, (double)f, d);
    printf("%.10f %.10f %.10f %.10f\n", sin(d), pow(2.5, d), log(e), fmod(7, d));
    printf("%lld %llu %.1f %.1f\n", (long long)(d * 1e15),
           (unsigned long long)(d * 2e19), (double)a,
           (double)(unsigned long long)-1);
    printf("%Lg\n", (long double)d);
    printf("%d\n", sum(4, 5LL, 2.5, 1LL << 30, 3.5));
    double x;
    int n;
    char word[20];
    if (sscanf("12 3.25e2 abc", "%d %lf %19s", &n, &x, word) == 3)
        printf("%d %g %s\n", n, x, word);
    printf("%lld %g %d\n", strtoll("-9223372036854775807", NULL, 10),
           strtod("2.2250738585072011e-308", NULL), atoi("42"));
    return 3;
}
