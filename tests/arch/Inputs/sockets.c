#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t n = sizeof a;
    int l = socket(AF_INET, SOCK_STREAM, 0), c, s, yes = 1, got;
    int e = epoll_create1(0);
    struct epoll_event ev = {.events = EPOLLIN}, out;
    char b[16] = "";

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    printf("%d\n", bind(l, (void *)&a, sizeof a));
    printf("%d\n", listen(l, 4));
    getsockname(l, (void *)&a, &n);
    c = socket(AF_INET, SOCK_STREAM, 0);
    printf("%d\n", connect(c, (void *)&a, sizeof a));
    s = accept(l, NULL, NULL);
    ev.data.u64 = 0x1122334455667788;
    epoll_ctl(e, EPOLL_CTL_ADD, s, &ev);
    send(c, "hello", 5, 0);
    got = epoll_wait(e, &out, 1, 1000);
    printf("%d %d\n", got, out.data.u64 == ev.data.u64);
    printf("%zd\n", recv(s, b, sizeof b, 0));
    puts(b);
    n = sizeof got;
    yes = getsockopt(s, SOL_SOCKET, SO_ERROR, &got, &n);
    printf("%d %d\n", yes, got);
    return 0;
}
