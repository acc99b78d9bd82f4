#include <stdio.h>

int twice(int x);

int main(int argc, char **argv)
{
    (void)argv;
    printf("twice %d is %d\n", argc, twice(argc));
    return 3;
}
