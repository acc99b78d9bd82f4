/*
 * bulk.c: one stream after another on port 7, by its first byte: s: takes what
 * comes, to its end; g: sends 100 MiB; q: ends the program.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static char bytes[131072];

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    char what = 0;

    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
        perror("bind");
        return 1;
    }
    puts("ready");
    fflush(stdout);
    while (what != 'q') {
        int c = accept(s, NULL, NULL);
        if (recv(c, &what, 1, 0) == 1 && what == 's')
            while (recv(c, bytes, sizeof bytes, 0) > 0)
                ;
        for (long n = what == 'g' ? 100 << 20 : 0; n > 0; n -= sizeof bytes)
            if (send(c, bytes, sizeof bytes, 0) < 0)
                return 1;
        close(c);
    }
    return 0;
}
