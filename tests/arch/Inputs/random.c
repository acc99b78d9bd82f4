/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/* Random bytes, more than a monitor's seed has: none the same twice. */
int main(void)
{
    static unsigned char a[10000], b[10000];
    int counts[256] = {0}, same = 0, least = 10000;

    if (getrandom(a, sizeof a, 0) != sizeof a ||
        getrandom(b, sizeof b, 0) != sizeof b) {
        perror("getrandom");
        return 1;
    }
    for (int i = 0; i < 10000; i++) {
        same += a[i] == b[i];
        counts[a[i]]++;
    }
    for (int i = 0; i < 256; i++)
        if (counts[i] < least)
            least = counts[i];
    puts(same < 200 && least > 5 ? "random" : "not random");
    return 0;
}
