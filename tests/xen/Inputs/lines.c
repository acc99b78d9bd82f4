/* SPDX-License-Identifier: BSD-2-Clause */
/* lines.c [STATUS [WORD]]: two lines of input, or a status; -1: a fault. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    char line[100];
    int n = 0;

    if (argc > 2)
        printf("argument %s\n", argv[2]);
    if (argc > 1 && atoi(argv[1]) < 0)
        *(volatile int *)16 = 0;
    if (argc > 1)
        return atoi(argv[1]);
    puts("begun");
    fflush(stdout);
    while (n < 2 && fgets(line, sizeof line, stdin)) {
        n++;
        printf("got %s", line);
    }
    printf("lines %d\n", n);
    return 0;
}
