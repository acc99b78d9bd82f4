#include "config.h"

#include <stdio.h>

int top(void);

int main(void)
{
#ifdef RUNS
    puts("a program ran in configure");
#endif
#ifdef HAVE_STRLCPY
    puts("strlcpy: musl has it");
#endif
#ifdef HAVE_BACKTRACE
    puts("backtrace: the host has it");
#endif
#ifdef HAVE_LIBREADLINE
    puts("readline: the host has it");
#endif
    printf("long %d top %d\n", SIZEOF_LONG, top());
    return 0;
}
