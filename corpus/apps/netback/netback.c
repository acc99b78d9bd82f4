/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netback.c: serves front ends of other domains with an Ethernet device:
 *
 *     netback [INTERFACE]
 *
 * It is a switch: who has which address says the host. A frame of a front end
 * goes to the front end that it is for, or out; one to a group, to all. Of what
 * comes in, what is for nobody here is dropped.
 */
#include "netback.h"

#include <errno.h>
#include <fcntl.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    AT_ONCE = 32, /* frames that come in before others have their turn */
};

xenevtchn_handle *events;
xengnttab_handle *grants;
struct xs_handle *store;
struct vif *vifs;

static int device;
static unsigned long out_lost;
static volatile sig_atomic_t asked_to_end;

static void on_term(int number)
{
    asked_to_end = number;
}

_Noreturn static void die(const char *what)
{
    fprintf(stderr, "netback: %s: %s\n", what, strerror(errno));
    exit(1);
}

void say(const struct vif *v, const char *what)
{
    printf("%s: %s\n", v->name, what);
    fflush(stdout);
}

/* ---- the device ---- */

static int open_device(const char *name)
{
    struct ifreq r = {0};
    struct sockaddr_ll own = {.sll_family = AF_PACKET,
                              .sll_protocol = htons(ETH_P_ALL)};
    struct packet_mreq all = {.mr_type = PACKET_MR_PROMISC};
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);

    if (fd < 0)
        die("AF_PACKET");
    snprintf(r.ifr_name, sizeof r.ifr_name, "%s", name);
    if (ioctl(fd, SIOCGIFINDEX, &r))
        die(name);
    own.sll_ifindex = all.mr_ifindex = r.ifr_ifindex;
    if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all) ||
        bind(fd, (struct sockaddr *)&own, sizeof own))
        die(name);
    return fd;
}

static bool is_for_group(const uint8_t *frame)
{
    return frame[0] & 1;
}

/* To front ends but one; true: it was for one of them alone. */
static bool deliver(const struct vif *from, const uint8_t *frame, size_t n)
{
    for (struct vif *v = vifs; v; v = v->next) {
        bool own = !memcmp(frame, v->mac, MAC);
        if (v != from && (own || is_for_group(frame)))
            ring_put(v, frame, n);
        if (own)
            return true;
    }
    return false;
}

void forward(const struct vif *from, const uint8_t *frame, size_t n)
{
    if (!deliver(from, frame, n) && send(device, frame, n, 0) < 0)
        out_lost++;
}

/* Takes what has come in; true: there may be more. */
static bool take_frames(void)
{
    static uint8_t frame[FRAME];
    int i;

    for (i = 0; i < AT_ONCE; i++) {
        ssize_t n = recv(device, frame, sizeof frame, MSG_TRUNC);
        if (n < 0)
            break;
        if (n > HEADER && (size_t)n <= sizeof frame)
            deliver(NULL, frame, (size_t)n);
    }
    ring_flush();
    return i == AT_ONCE;
}

/* ---- all that can happen ---- */

static void take_events(void)
{
    int port;

    while ((port = xenevtchn_pending(events)) >= 0) {
        for (struct vif *v = vifs; v; v = v->next)
            v->busy |= v->connected && v->port == (evtchn_port_t)port;
        xenevtchn_unmask(events, (evtchn_port_t)port);
    }
}

static void take_news(void)
{
    char **news;

    while ((news = xs_check_watch(store))) {
        bus_changed(news[XS_WATCH_PATH], news[XS_WATCH_TOKEN]);
        free(news);
    }
}

static bool serve(void)
{
    bool more = false;

    for (struct vif *v = vifs; v; v = v->next) {
        if (v->busy)
            v->busy = ring_take(v);
        more |= v->busy;
    }
    return more;
}

static void run(void)
{
    struct pollfd p[] = {{xenevtchn_fd(events), POLLIN, 0},
                         {xs_fileno(store), POLLIN, 0},
                         {device, POLLIN, 0}};
    bool more = false;

    while (!asked_to_end) {
        if (poll(p, 3, more ? 0 : -1) < 0 && errno != EINTR)
            die("poll");
        if (p[0].revents)
            take_events();
        if (p[1].revents)
            take_news();
        more = p[2].revents && take_frames();
        more |= serve();
    }
}

int main(int argc, char **argv)
{
    struct sigaction term = {.sa_handler = on_term};

    if (!(events = xenevtchn_open(NULL, 0)))
        die("/dev/xen/evtchn");
    if (!(grants = xengnttab_open(NULL, 0)))
        die("/dev/xen/gntdev");
    if (!(store = xs_open(0)))
        die("xenstore");
    fcntl(xenevtchn_fd(events), F_SETFL, O_NONBLOCK);
    sigaction(SIGTERM, &term, NULL);
    device = open_device(argc > 1 ? argv[1] : "eth0");
    printf("netback: ready\n");
    fflush(stdout);
    bus_start();
    run();
    bus_end();
    return 0;
}
