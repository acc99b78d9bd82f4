#include <stdio.h>
int main(void)
{
    int c, n = 0;

    while ((c = getchar()) != EOF)
        n += c == '\n';
    printf("%d lines\n", n);
    return 0;
}
