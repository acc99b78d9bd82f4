/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * groups.c: says what interfaces there are, and echoes the datagrams of IPv4
 * and IPv6 that come to port 7 or to the groups 239.1.2.3 and ff15::123, with
 * the address that each was for before it. "quit" ends it; "leave" leaves both
 * groups. Streams to port 7 are echoed once.
 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int udp4, udp6, tcp;
static struct ip_mreq group4;
static struct ipv6_mreq group6;

static void say_address(const char *what, const struct sockaddr *a)
{
    char text[INET6_ADDRSTRLEN] = "none";

    if (a && a->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)a)->sin_addr, text,
                  sizeof text);
    if (a && a->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)a)->sin6_addr, text,
                  sizeof text);
    printf(" %s %s", what, text);
}

static void say_interfaces(void)
{
    struct ifaddrs *list, *i;
    struct if_nameindex *names = if_nameindex();

    for (struct if_nameindex *n = names; n && n->if_index; n++)
        printf("interface %u %s %u\n", n->if_index, n->if_name,
               if_nametoindex(n->if_name));
    if_freenameindex(names);
    if (getifaddrs(&list)) {
        perror("getifaddrs");
        return;
    }
    for (i = list; i; i = i->ifa_next) {
        if (!i->ifa_addr || (i->ifa_addr->sa_family != AF_INET &&
                             i->ifa_addr->sa_family != AF_INET6))
            continue;
        printf("%s%s%s%s", i->ifa_name, i->ifa_flags & IFF_UP ? " up" : "",
               i->ifa_flags & IFF_LOOPBACK ? " loopback" : "",
               i->ifa_flags & IFF_MULTICAST ? " multicast" : "");
        say_address("address", i->ifa_addr);
        say_address("mask", i->ifa_netmask);
        printf("\n");
    }
    freeifaddrs(list);
}

static int open_one(int family, int type)
{
    struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(7)};
    struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(7)};
    int s = socket(family, type, 0), on = 1;

    if (family == AF_INET6) {
        setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
        setsockopt(s, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    } else {
        setsockopt(s, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    }
    if (family == AF_INET ? bind(s, (struct sockaddr *)&a4, sizeof a4)
                          : bind(s, (struct sockaddr *)&a6, sizeof a6))
        perror("bind");
    return s;
}

static void join(void)
{
    inet_pton(AF_INET, "239.1.2.3", &group4.imr_multiaddr);
    inet_pton(AF_INET6, "ff15::123", &group6.ipv6mr_multiaddr);
    group6.ipv6mr_interface = if_nametoindex("eth0");
    if (setsockopt(udp4, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group4, sizeof group4))
        perror("join 4");
    if (setsockopt(udp6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &group6,
                   sizeof group6))
        perror("join 6");
    printf("again %d\n", setsockopt(udp4, IPPROTO_IP, IP_ADD_MEMBERSHIP,
                                    &group4, sizeof group4));
}

static void leave(void)
{
    int error = setsockopt(udp4, IPPROTO_IP, IP_DROP_MEMBERSHIP, &group4,
                           sizeof group4);
    error |= setsockopt(udp6, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &group6,
                        sizeof group6);
    printf("left %d", error);
    error = setsockopt(udp4, IPPROTO_IP, IP_DROP_MEMBERSHIP, &group4,
                       sizeof group4);
    printf(", again %d\n", error);
}

/* The text of the address that a datagram was for; its interface is eth0. */
static void target(struct msghdr *m, char *text, socklen_t n)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO)
            inet_ntop(AF_INET, &((struct in_pktinfo *)CMSG_DATA(c))->ipi_addr,
                      text, n);
        if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)
            inet_ntop(AF_INET6,
                      &((struct in6_pktinfo *)CMSG_DATA(c))->ipi6_addr, text,
                      n);
    }
}

static int serve(int s)
{
    struct sockaddr_storage from;
    char data[2000], control[256], to[INET6_ADDRSTRLEN + 2000] = "?";
    struct iovec v = {data, sizeof data};
    struct msghdr m = {.msg_name = &from,
                       .msg_namelen = sizeof from,
                       .msg_iov = &v,
                       .msg_iovlen = 1,
                       .msg_control = control,
                       .msg_controllen = sizeof control};
    ssize_t n = recvmsg(s, &m, 0);

    if (n < 0)
        return 1;
    target(&m, to, INET6_ADDRSTRLEN);
    if (n == 5 && !memcmp(data, "leave", 5))
        leave();
    size_t head = strlen(to);
    to[head++] = ' ';
    memcpy(to + head, data, (size_t)n);
    sendto(s, to, head + (size_t)n, 0, (struct sockaddr *)&from, m.msg_namelen);
    fflush(stdout);
    return n != 4 || memcmp(data, "quit", 4) != 0;
}

static void serve_stream(void)
{
    char data[100];
    int c = accept(tcp, NULL, NULL);
    ssize_t n = read(c, data, sizeof data);

    if (n > 0)
        write(c, data, (size_t)n);
    close(c);
}

int main(void)
{
    udp4 = open_one(AF_INET, SOCK_DGRAM);
    udp6 = open_one(AF_INET6, SOCK_DGRAM);
    tcp = open_one(AF_INET6, SOCK_STREAM);
    listen(tcp, 5);
    join();
    say_interfaces();
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        struct pollfd p[] = {
            {udp4, POLLIN, 0}, {udp6, POLLIN, 0}, {tcp, POLLIN, 0}};
        poll(p, 3, -1);
        if ((p[0].revents && !serve(udp4)) || (p[1].revents && !serve(udp6)))
            break;
        if (p[2].revents)
            serve_stream();
    }
    say_interfaces();
    return 0;
}
