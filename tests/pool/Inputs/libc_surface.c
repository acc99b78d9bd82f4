/* SPDX-License-Identifier: BSD-2-Clause */
/* libc_surface.c: a line from every corner of libc; reads stdin to its end. */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <regex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static jmp_buf point;
static volatile int caught;
static __thread int counter = 5;

static void handler(int s)
{
    caught = s;
}

static void bye(void)
{
    puts("bye");
}

static int by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void formats(void)
{
    char s[10], line[64];
    double d;
    int i, n = sscanf("42 1.25 str", "%d %lf %9s", &i, &d, s);

    printf("%d: %d %g %s\n", n, i, d, s);
    printf("%-6d|%+05i|%x|%#o|%c|%.2s|%5s|\n", 42, 7, 255, 8, 'c', "cut", "x");
    printf("%lld %zu %hhd %p\n", -1LL, sizeof i, 300, (void *)0);
    printf("%2$s %1$s\n", "one", "two");
    printf("%.3f %.3Lf %a %e %g\n", sin(1), cosl(1), 0.1, 12345.678, 1e-7);
    printf("%ls %.*f\n", L"wide", 2, 3.14159);
    errno = ENOENT;
    printf("%m, %s\n", strerror(ERANGE));
    snprintf(line, sizeof line, "%s", "bounded");
    puts(line);
    errno = 0;
    long big = strtol("99999999999999999999", 0, 10);
    printf("%ld %d %g\n", big, errno == ERANGE, strtod("0x1.8p3", 0));
}

static void streams(void)
{
    char line[64];
    FILE *f = fopen("file.tmp", "w+");

    fprintf(f, "%d %s\n", 42, "text");
    rewind(f);
    printf("%s", fgets(line, sizeof line, f));
    fseek(f, 3, SEEK_SET);
    printf("%c %ld\n", getc(f), ftell(f));
    fclose(f);
    printf("%d ", remove("file.tmp"));
    f = fopen("nowhere/file", "r");
    printf("%d %s\n", f == NULL, strerror(errno));
    f = fmemopen((char[]){"l1\nl2\n"}, 6, "r");
    while (fgets(line, sizeof line, f))
        fputs(line, stdout);
    fclose(f);
}

static void control(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t m;

    if (!setjmp(point))
        longjmp(point, 1);
    puts("jumped");
    signal(SIGUSR1, handler);
    raise(SIGUSR1);
    printf("caught %d\n", caught == SIGUSR1);
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m, &attr);
    int a = pthread_mutex_lock(&m), b = pthread_mutex_lock(&m);
    int c = pthread_mutex_unlock(&m), d = pthread_mutex_unlock(&m);
    printf("mutex %d%d%d%d %d\n", a, b, c, d, pthread_mutex_unlock(&m) != 0);
    counter++;
    printf("counter %d\n", counter);
}

static void data(void)
{
    int v[] = {5, 3, 1, 4};
    char *p = malloc(1 << 20);
    regex_t r;

    qsort(v, 4, sizeof *v, by_value);
    printf("%d%d%d%d\n", v[0], v[1], v[2], v[3]);
    memset(p, 1, 1 << 20);
    p = realloc(p, 2 << 20);
    printf("%d %d\n", p[5], p[(1 << 20) - 1]);
    free(p);
    int compiled = regcomp(&r, "^a.*(b|c)$", REG_EXTENDED);
    printf("regex %d %d\n", compiled, regexec(&r, "axxc", 0, 0, 0));
    regfree(&r);
}

static void system_calls(void)
{
    struct timespec now;
    struct stat st;
    struct tm tm;
    char text[64];
    time_t t = 1000000000;
    int n = 0, found = stat("/", &st);

    printf("stat %d %d\n", found, S_ISDIR(st.st_mode));
    DIR *d = opendir("/");
    while (readdir(d))
        n++;
    closedir(d);
    printf("dir %d\n", n >= 2);
    gmtime_r(&t, &tm);
    strftime(text, sizeof text, "%a %F %T", &tm);
    puts(text);
    printf("clock %d\n", clock_gettime(CLOCK_REALTIME, &now));
    printf("page %lu\n", getauxval(AT_PAGESZ));
    printf("pid %d %d\n", getpid() == syscall(SYS_getpid),
           gettid() == getpid());
    printf("close %d %d\n", close(77), errno == EBADF);
}

int main(int argc, char **argv)
{
    int c, n = 0;

    setlocale(LC_ALL, "");
    atexit(bye);
    printf("%d %s\n", argc, argc > 1 ? argv[1] : "-");
    formats();
    streams();
    control();
    data();
    system_calls();
    warnx("warned");
    while ((c = getchar()) != EOF)
        n += c;
    printf("stdin %d\n", n);
    if (argc > 2)
        abort();
    return 7;
}
