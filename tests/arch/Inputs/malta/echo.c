/* SPDX-License-Identifier: BSD-2-Clause */
/* Sends back what comes, until a connection ends with `quit`. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7777)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    char b[4096];
    ssize_t n;

    if (bind(s, (void *)&a, sizeof a) || listen(s, 5))
        return 1;
    for (;;) {
        int c = accept(s, 0, 0);
        while ((n = read(c, b, sizeof b)) > 0) {
            if (n == 5 && !memcmp(b, "quit\n", 5))
                return 0;
            for (ssize_t i = 0, m; i < n; i += m)
                if ((m = write(c, b + i, n - i)) < 0)
                    return 2;
        }
        close(c);
    }
}
