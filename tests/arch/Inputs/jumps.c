#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf back;
static sigjmp_buf sback;
static volatile int seen;

static void deep(int n, double x)
{
    if (!n)
        longjmp(back, (int)x);
    deep(n - 1, x + 0.5);
}

static void on(int sig)
{
    seen += sig;
}

static void out(int sig)
{
    siglongjmp(sback, sig);
}

static int order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    volatile double kept = 2.5;
    char *words[] = {"pear", "apple", "fig", "cherry"};
    int r = setjmp(back);

    if (!r)
        deep(20, 1);
    printf("back with %d, kept %g\n", r, kept);
    signal(SIGUSR1, on);
    raise(SIGUSR1);
    raise(SIGUSR1);
    printf("handled %d\n", seen == 2 * SIGUSR1);
    signal(SIGTERM, out);
    if (sigsetjmp(sback, 1) == 0)
        raise(SIGTERM);
    else
        puts("out of the handler");
    qsort(words, 4, sizeof *words, order);
    for (int i = 0; i < 4; i++)
        printf("%s ", words[i]);
    puts("");
    exit(9);
}
