/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of 5000 lines, written and read again. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    FILE *f = fopen("/lines", "w");
    int n = 0;
    char line[100];

    for (int i = 0; i < 5000; i++)
        fprintf(f, "line %d\n", i);
    fflush(f);
    fsync(fileno(f));
    f = freopen("/lines", "r", f);
    while (fgets(line, sizeof line, f))
        n++;
    printf("%d lines\n", n);
    return 0;
}
