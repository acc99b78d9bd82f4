/* SPDX-License-Identifier: BSD-2-Clause */
/* owes.c: sends a byte for each that comes, and reads on if they are not taken.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int s)
{
    static char in[65536], out[65536];
    long owed = 0, n = 1;

    fcntl(s, F_SETFL, O_NONBLOCK);
    while (n != 0 || owed) {
        struct pollfd p = {s, (short)((n ? POLLIN : 0) | (owed ? POLLOUT : 0)),
                           0};
        poll(&p, 1, -1);
        if (p.revents & (POLLERR | POLLHUP))
            return;
        if (p.revents & POLLIN) {
            n = read(s, in, sizeof in);
            owed += n > 0 ? n : 0;
        }
        if (p.revents & POLLOUT) {
            long sent = write(
                s, out, (size_t)owed < sizeof out ? (size_t)owed : sizeof out);
            owed -= sent > 0 ? sent : 0;
        }
    }
}

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    int l = socket(AF_INET, SOCK_STREAM, 0), s;

    if (bind(l, (struct sockaddr *)&a, sizeof a) || listen(l, 5))
        return 1;
    puts("ready");
    fflush(stdout);
    s = accept(l, NULL, NULL);
    serve(s);
    close(s);
    return 0;
}
