#include "config.h"
#include <stdio.h>
int twice(int n);
#ifdef HAVE_STRLCPY
#define COPY 1
#else
#define COPY 0
#endif
#ifdef HAVE_BACKTRACE
#define TRACE 1
#else
#define TRACE 0
#endif
int main(void)
{
    printf("%s: twice 1 is %d, strlcpy %d, backtrace %d\n", VERSION, twice(1),
           COPY, TRACE);
    return 0;
}
