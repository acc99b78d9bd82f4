/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * packet.c: answers who asks for 10.0.2.15 by ARP, and echoes (ICMP), on a
 * packet socket alone, until a frame of type 0x88b5 says so. Prints what is
 * particular of such a socket.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const uint8_t ip[] = {10, 0, 2, 15};
static uint8_t mac[6], f[2048];

/* The frame goes back to who sent it; true: it is an answer. */
static int answer(long n)
{
    if (n >= 42 && f[12] == 8 && f[13] == 6 && f[21] == 1 &&
        !memcmp(f + 38, ip, 4)) {
        memcpy(f + 32, f + 22, 10);
        memcpy(f + 22, mac, 6);
        memcpy(f + 28, ip, 4);
        f[21] = 2;
    } else if (n >= 42 && f[12] == 8 && f[13] == 0 && f[23] == 1 &&
               f[34] == 8) {
        uint32_t sum = (uint32_t)(f[36] << 8 | f[37]) + 0x800;
        sum = (sum & 0xffff) + (sum >> 16);
        f[34] = 0;
        f[36] = (uint8_t)(sum >> 8);
        f[37] = (uint8_t)sum;
        uint8_t to[4];
        memcpy(to, f + 26, 4);
        memcpy(f + 26, f + 30, 4);
        memcpy(f + 30, to, 4);
    } else {
        return 0;
    }
    memcpy(f, f + 6, 6);
    memcpy(f + 6, mac, 6);
    return 1;
}

static int open_all(int type)
{
    struct ifreq r = {.ifr_name = "eth0"};
    struct sockaddr_ll own = {.sll_family = AF_PACKET,
                              .sll_protocol = htons((uint16_t)type)};
    int s = socket(AF_PACKET, SOCK_RAW, 0);

    if (ioctl(s, SIOCGIFINDEX, &r))
        return -1;
    own.sll_ifindex = r.ifr_ifindex;
    if (bind(s, (struct sockaddr *)&own, sizeof own) ||
        ioctl(s, SIOCGIFHWADDR, &r))
        return -1;
    memcpy(mac, r.ifr_hwaddr.sa_data, 6);
    return s;
}

int main(void)
{
    int s = open_all(ETH_P_ALL), end = open_all(0x88b5);
    struct packet_mreq all = {.mr_ifindex = 2, .mr_type = PACKET_MR_PROMISC};
    struct tpacket_stats {
        unsigned come, lost;
    } stats = {0, 0};
    struct sockaddr_ll from;
    socklen_t size = sizeof from;
    struct pollfd p[2] = {{s, POLLIN, 0}, {end, POLLIN, 0}};
    long n, answers = 0;

    printf("all: %d\n",
           setsockopt(s, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all));
    printf("short: %d %d\n", (int)send(s, f, 13, 0), errno == EINVAL);
    printf("long: %d %d\n", (int)send(s, f, 1600, 0), errno == EMSGSIZE);
    printf("none: %d %d\n", (int)recv(s, f, 1, MSG_DONTWAIT),
           errno == EAGAIN || errno == EINVAL);
    puts("ready");
    fflush(stdout);
    while (poll(p, 2, -1) > 0 && !p[1].revents) {
        n = recvfrom(s, f, sizeof f, 0, (struct sockaddr *)&from, &size);
        if (n > 0 && answer(n) && send(s, f, (size_t)n, 0) == n)
            answers++;
    }
    n = recvfrom(end, f, 20, MSG_TRUNC, (struct sockaddr *)&from, &size);
    printf("end: %ld, of kind %d, from %02x\n", n, from.sll_pkttype,
           from.sll_addr[5]);
    size = sizeof stats;
    getsockopt(s, SOL_PACKET, PACKET_STATISTICS, &stats, &size);
    printf("answers: %ld, lost %u\n", answers, stats.lost);
    return 0;
}
