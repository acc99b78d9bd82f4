#include <stdio.h>

int main(void)
{
    printf("strlcpy %d zlib %d backtrace %d\n", STRLCPY, ZLIB, BACKTRACE);
    return 0;
}
