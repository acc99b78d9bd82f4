#include <stdio.h>

int main(int argc, char **argv)
{
    printf("%s has %d arguments\n", argv[0] ? "hello" : "nobody", argc - 1);
    for (int i = 1; i < argc; i++)
        printf("%3d: %-10s|\n", i, argv[i]);
    return argc;
}
