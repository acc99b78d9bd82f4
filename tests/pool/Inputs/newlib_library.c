/* SPDX-License-Identifier: BSD-2-Clause */
/* The rest of ISO C: numbers, sorting, strings, time, jumps, the end. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

static void numbers(void)
{
    static const char *const text[] = {"0",
                                       " 42x",
                                       "-17",
                                       "0x1F",
                                       "077",
                                       "99999999999999999999",
                                       "-9e3",
                                       "",
                                       "z",
                                       "  +5",
                                       "1e500",
                                       "0x1.8p1",
                                       "2.5e-320",
                                       ".5",
                                       "inf",
                                       "nan",
                                       "-9223372036854775809",
                                       "4294967296"};

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        char *end;
        if (strlen(text[i]) < 11)
            printf("%d %ld ", atoi(text[i]), atol(text[i]));
        for (int base = 0; base <= 36; base += base ? 13 : 10) {
            errno = 0;
            printf("%ld/%d ", strtol(text[i], &end, base), errno);
            printf("%td ", end - text[i]);
            errno = 0;
            printf("%lu/%d ", strtoul(text[i], &end, base), errno);
        }
        errno = 0;
        double d = strtod(text[i], &end);
        printf("%.17g %td %d ", d, end - text[i], errno);
        printf("%.9g %.20Lg\n", (double)strtof(text[i], NULL),
               strtold(text[i], NULL));
    }
    printf("%d %ld %d %d\n", abs(-3), labs(-4), div(-7, 2).quot,
           div(-7, 2).rem);
    srand(5);
    printf("%d %d %d\n", rand(), rand(), rand());
    srand48(7);
    printf("%ld %.10f\n", lrand48(), drand48());
}

static void sorting(void)
{
    int a[300], key = 77 * 37 % 1009;
    unsigned sum = 0;

    for (int i = 0; i < 300; i++)
        a[i] = i * 37 % 1009;
    qsort(a, 300, sizeof *a, by_value);
    for (int i = 0; i < 300; i++)
        sum = sum * 31 + (unsigned)a[i];
    printf("%u %td\n", sum,
           (int *)bsearch(&key, a, 300, sizeof *a, by_value) - a);
}

static void strings(void)
{
    char b[64] = "one,two;;three", *p, *save;
    unsigned classes = 0;

    for (p = strtok(b, ",;"); p; p = strtok(NULL, ",;"))
        printf("[%s]", p);
    strcpy(b, "a b");
    for (p = strtok_r(b, " ", &save); p; p = strtok_r(NULL, " ", &save))
        printf("[%s]", p);
    strcpy(b, "abcdefghij");
    memmove(b + 2, b, 7);
    printf("%s ", b);
    memmove(b, b + 3, 7);
    printf("%s ", b);
    memset(b, 'x', 3);
    strncat(b, "12345", 3);
    printf("%s %zu %d %d %d\n", b, strlen(b), strcmp("a", "b"),
           strncmp("abc", "abd", 2), memcmp("ab", "ac", 2) < 0);
    printf("%s %s %s %zu %zu %s\n", strstr("needle in hay", "in"),
           strchr("abc", 'b'), strrchr("abcb", 'b'), strspn("aab", "a"),
           strcspn("aab", "b"), strpbrk("hello", "lo"));
    p = strdup("dup");
    printf("%s %d %s\n", p, strcasecmp("ABC", "abd"), strerror(ENOENT));
    free(p);
    for (int c = -1; c < 256; c++)
        classes = classes * 31 +
                  (unsigned)(!!isalpha(c) + 2 * !!isdigit(c) +
                             4 * !!isspace(c) + 8 * !!ispunct(c) +
                             16 * !!isprint(c) + 32 * !!iscntrl(c) +
                             64 * !!isxdigit(c) + 128 * !!isupper(c)) +
                  (unsigned)tolower(c) + (unsigned)toupper(c);
    printf("%u %s\n", classes, setlocale(LC_ALL, NULL));
}

static void times(void)
{
    static const time_t some[] = {0,  951782400,  951868799,  951868800,
                                  -1, 1700000000, 4102444799, -2208988801};

    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        struct tm *tm = gmtime(&some[i]);
        printf("%d %d %s", tm->tm_yday, tm->tm_isdst, asctime(tm));
    }
    printf("%d %g\n", time(NULL) > 1600000000, difftime(5, 3));
}

static jmp_buf back;

static void jump(int n)
{
    longjmp(back, n);
}

static void last(void)
{
    printf("last, and no newline");
}

static void first(void)
{
    printf("first\n");
    atexit(last);
}

int main(void)
{
    volatile int round = 0;

    numbers();
    sorting();
    strings();
    times();
    int n = setjmp(back);
    printf("%d\n", n);
    if (++round < 3)
        jump(round == 1 ? 0 : 9);
    printf("%d\n", getenv("NO_SUCH_VARIABLE") == NULL);
    atexit(first);
    exit(7);
}
