/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netback (corpus/apps/netback) against front ends: one that does what it
 * should has every frame passed on as it is, in parts or whole, and gets every
 * one. Then ones that do not: sizes, offsets, references and flags that mean
 * nothing, indices that cannot be, a ring that changes while it is read, nodes
 * that say anything, in any order. Nothing outside of its memory is touched,
 * each request has one answer, and another front end is served all the time.
 * RUN: sh %S/Inputs/netback.sh %root %t %s
 * RUN: for mode in 0 1 2 3 4; do %t $mode; done | FileCheck %s
 * CHECK: good: 20000 sent, 20000 passed on, 20000 received, cut off 0
 * CHECK: odd frames: {{.*, [1-9][0-9]+ passed on, .*}} cut off 0
 * CHECK: wrong indices: {{.*, [1-9][0-9]+ passed on, .*}} cut off {{[1-9]}}
 * CHECK: changing: {{.*, [1-9][0-9]+ passed on}}
 * CHECK: odd nodes: connected {{[1-9][0-9]*}} times
 */
#include "netback.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/io/xenbus.h>

#include "chance.h"

enum {
    PAGE = 4096,
    REFS = 64,
    ROUNDS = 20000,
    NODES = 64,
};

static const char *const names[] = {"good", "odd frames", "wrong indices",
                                    "changing", "odd nodes"};
static unsigned mode;
uint64_t chance_state = 88172645463325252u;
static unsigned char *pages[REFS];
static unsigned mapped, bound, cut_off, connected;
static struct vif *bad, *good;
static netif_tx_front_ring_t tx;
static netif_rx_front_ring_t rx;
static unsigned long sent, passed, received, answered, asked;
static uint8_t frame[2048];
static size_t frame_size; /* of the one that is on its way */
static volatile bool stop;
static unsigned char good_frame[60];
static unsigned long good_passed;

xenevtchn_handle *events;
xengnttab_handle *grants;
struct xs_handle *store;
struct vif *vifs;

/* ---- Xen's libraries ---- */

void *xengnttab_map_grant_ref(xengnttab_handle *h, uint32_t domain,
                              uint32_t ref, int prot)
{
    (void)h, (void)domain, (void)prot;
    if (ref >= REFS || !pages[ref])
        return NULL;
    mapped++;
    return pages[ref];
}

int xengnttab_unmap(xengnttab_handle *h, void *p, uint32_t n)
{
    (void)h, (void)p;
    MUST(n == 1 && mapped);
    mapped--;
    return 0;
}

/* As Xen: what is not granted, or leaves the page, is an error. */
int xengnttab_grant_copy(xengnttab_handle *h, uint32_t n,
                         xengnttab_grant_copy_segment_t *s)
{
    (void)h;
    MUST(n && n <= 64);
    for (; n; n--, s++) {
        bool in = s->flags == GNTCOPY_source_gref;
        MUST(in || s->flags == GNTCOPY_dest_gref);
        uint32_t ref = in ? s->source.foreign.ref : s->dest.foreign.ref;
        unsigned at = in ? s->source.foreign.offset : s->dest.foreign.offset;
        s->status = GNTST_general_error;
        MUST(at + s->len <= PAGE);
        if (ref >= REFS || !pages[ref])
            continue;
        if (in)
            memcpy(s->dest.virt, pages[ref] + at, s->len);
        else
            memcpy(pages[ref] + at, s->source.virt, s->len);
        s->status = GNTST_okay;
    }
    return 0;
}

xenevtchn_port_or_error_t xenevtchn_bind_interdomain(xenevtchn_handle *h,
                                                     uint32_t domain,
                                                     evtchn_port_t port)
{
    (void)h, (void)domain;
    if (port > 100)
        return -1;
    bound++;
    return (int)port + 1;
}

int xenevtchn_unbind(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    MUST(bound);
    bound--;
    return 0;
}

int xenevtchn_notify(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    return 0;
}

/* ---- xenstore: a list of nodes ---- */

static struct {
    char path[100], value[40];
} nodes[NODES];

static void put_node(const char *path, const char *value)
{
    for (int i = 0; i < NODES; i++)
        if (!nodes[i].path[0] || !strcmp(nodes[i].path, path)) {
            snprintf(nodes[i].path, sizeof nodes[i].path, "%s", path);
            snprintf(nodes[i].value, sizeof nodes[i].value, "%s", value);
            return;
        }
    MUST(!"room for a node");
}

static const char *node(const char *path)
{
    for (int i = 0; i < NODES; i++)
        if (!strcmp(nodes[i].path, path))
            return nodes[i].value;
    return NULL;
}

void *xs_read(struct xs_handle *h, xs_transaction_t t, const char *path,
              unsigned *n)
{
    const char *value = node(path);

    (void)h, (void)t, (void)n;
    return value && *value ? strdup(value) : NULL;
}

bool xs_write(struct xs_handle *h, xs_transaction_t t, const char *path,
              const void *data, unsigned n)
{
    char value[40];

    (void)h, (void)t;
    MUST(n < sizeof value);
    memcpy(value, data, n);
    value[n] = 0;
    put_node(path, value);
    return true;
}

bool xs_rm(struct xs_handle *h, xs_transaction_t t, const char *path)
{
    (void)h, (void)t;
    for (int i = 0; i < NODES; i++)
        if (!strncmp(nodes[i].path, path, strlen(path)))
            nodes[i].value[0] = 0;
    return true;
}

/* backend/vif has domains, and each of these one card. */
char **xs_directory(struct xs_handle *h, xs_transaction_t t, const char *path,
                    unsigned *n)
{
    char **list = calloc(1, 4 * sizeof *list);
    char *text = (char *)(list + 2);
    bool root = !strcmp(path, "backend/vif");

    (void)h, (void)t;
    memcpy(text, root ? "7\0009" : "0\0\0", 4);
    list[0] = text;
    list[1] = text + 2;
    *n = root ? 2 : 1;
    return list;
}

bool xs_watch(struct xs_handle *h, const char *path, const char *token)
{
    (void)h, (void)path, (void)token;
    return true;
}

bool xs_unwatch(struct xs_handle *h, const char *path, const char *token)
{
    (void)h, (void)path, (void)token;
    return true;
}

/* ---- netback.c's ---- */

void say(const struct vif *v, const char *what)
{
    (void)v;
    cut_off += strcmp(what, "connected") && strcmp(what, "gone");
    connected += !strcmp(what, "connected");
}

void forward(const struct vif *from, const uint8_t *f, size_t n)
{
    MUST(n > HEADER && n <= FRAME);
    if (from == good) {
        MUST(n == sizeof good_frame && !memcmp(f, good_frame, n));
        good_passed++;
        return;
    }
    MUST(!memcmp(f + MAC, from->mac, MAC));
    if (mode == 0)
        MUST(n == frame_size && !memcmp(f, frame, n));
    passed++;
}

/* ---- a front end ---- */

/* Its nodes, and the host's, for domain d. */
static void add_nodes(unsigned d, unsigned ref)
{
    char path[100], value[40];
    const struct {
        const char *key;
        unsigned value;
    } own[] = {{"tx-ring-ref", ref},
               {"rx-ring-ref", ref + 1},
               {"event-channel", 5},
               {"request-rx-copy", 1},
               {"state", XenbusStateInitialised}};

    snprintf(value, sizeof value, "/front/%u", d);
    snprintf(path, sizeof path, "backend/vif/%u/0/frontend", d);
    put_node(path, value);
    snprintf(path, sizeof path, "backend/vif/%u/0/frontend-id", d);
    snprintf(value, sizeof value, "%u", d);
    put_node(path, value);
    snprintf(path, sizeof path, "backend/vif/%u/0/online", d);
    put_node(path, "1");
    snprintf(path, sizeof path, "backend/vif/%u/0/mac", d);
    snprintf(value, sizeof value, "00:16:3e:00:00:%02x", d);
    put_node(path, value);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        snprintf(path, sizeof path, "/front/%u/%s", d, own[i].key);
        snprintf(value, sizeof value, "%u", own[i].value);
        put_node(path, value);
    }
}

static void start(void)
{
    for (int i = 0; i < REFS; i++)
        pages[i] = i % 7 == 6 ? NULL : aligned_alloc(PAGE, PAGE);
    for (int i = 0; i < REFS; i++)
        if (pages[i])
            memset(pages[i], 0, PAGE);
    add_nodes(7, 1);
    add_nodes(9, 3);
    bus_changed("backend/vif", "backend/vif");
    for (struct vif *v = vifs; v; v = v->next)
        *(v->domain == 7 ? &bad : &good) = v;
    MUST(bad && good && bad->connected && good->connected && mapped == 4);
    FRONT_RING_INIT(&tx, (netif_tx_sring_t *)(void *)pages[1], PAGE);
    FRONT_RING_INIT(&rx, (netif_rx_sring_t *)(void *)pages[2], PAGE);
    for (int i = 7; i < 40; i++) /* any multiple of 6 begins a frame of its */
        for (int k = 0; pages[i] && k + MAC <= PAGE; k += MAC)
            memcpy(pages[i] + k, bad->mac, MAC);
    memset(good_frame, 9, sizeof good_frame);
    memcpy(good_frame + MAC, good->mac, MAC);
}

static netif_tx_request_t *request(void)
{
    asked++;
    return RING_GET_REQUEST(&tx, tx.req_prod_pvt++);
}

/* The frame, in up to four parts, in pages of their own. */
static void send_frame(void)
{
    unsigned parts = 1 + chance(4), at = 0;

    frame_size = 60 + chance(FRAME - 59);
    for (size_t i = 0; i < frame_size; i++)
        frame[i] = (uint8_t)chance(256);
    memcpy(frame + MAC, bad->mac, MAC);
    for (unsigned i = 0; i < parts; i++) {
        bool last = i + 1 == parts;
        unsigned n = last ? (unsigned)frame_size - at : 1 + chance(14);
        unsigned ref = 7 + i, offset = chance(PAGE - n + 1);
        memcpy(pages[ref] + offset, frame + at, n);
        at += n;
        *request() =
            (netif_tx_request_t){.gref = ref,
                                 .offset = (uint16_t)offset,
                                 .flags = last ? 0 : NETTXF_more_data,
                                 .id = (uint16_t)asked,
                                 .size = (uint16_t)(i ? n : frame_size)};
    }
    sent++;
}

/* Anything, but that it is whole. */
static void send_odd(void)
{
    unsigned parts = 1 + chance(chance(4) ? 3 : 18);

    for (unsigned i = 0; i < parts; i++)
        *request() = (netif_tx_request_t){
            .gref = chance(2) ? 7 + chance(50) : chance(UINT32_MAX),
            .offset = (uint16_t)(chance(2) ? 6 * chance(30) : chance(65536)),
            .flags =
                (uint16_t)((i + 1 < parts ? NETTXF_more_data : 0) | chance(4)),
            .id = (uint16_t)asked,
            .size = (uint16_t)(chance(2) ? chance(1600) : chance(65536))};
    sent++;
}

static void take_answers(void)
{
    for (; tx.rsp_cons != tx.sring->rsp_prod; tx.rsp_cons++) {
        answered++;
        if (mode == 0)
            MUST(RING_GET_RESPONSE(&tx, tx.rsp_cons)->status ==
                     NETIF_RSP_OKAY &&
                 RING_GET_RESPONSE(&tx, tx.rsp_cons)->id == (uint16_t)answered);
    }
}

/* One is to be received. */
static void receive_frame(void)
{
    uint8_t f[FRAME];
    size_t n = 15 + chance(FRAME - 14);

    memset(f, (int)chance(256), n);
    if (rx.req_prod_pvt - rx.rsp_cons < 100)
        *RING_GET_REQUEST(&rx, rx.req_prod_pvt++) =
            (netif_rx_request_t){.id = 3, .gref = mode ? 41 + chance(30) : 15};
    RING_PUSH_REQUESTS(&rx);
    ring_put(bad, f, n);
    ring_flush();
    for (; mode != 3 && rx.rsp_cons != rx.sring->rsp_prod; rx.rsp_cons++) {
        netif_rx_response_t *a = RING_GET_RESPONSE(&rx, rx.rsp_cons);
        MUST(a->id == 3);
        if (mode == 0)
            MUST(a->status == (int)n && !memcmp(pages[15], f, n));
        received++;
    }
}

/* The other one sends a frame, and has it passed on. */
static void serve_good(void)
{
    static netif_tx_front_ring_t ring;
    unsigned long before = good_passed;

    if (!ring.sring)
        FRONT_RING_INIT(&ring, (netif_tx_sring_t *)(void *)pages[3], PAGE);
    memcpy(pages[40], good_frame, sizeof good_frame);
    *RING_GET_REQUEST(&ring, ring.req_prod_pvt++) =
        (netif_tx_request_t){.gref = 40, .size = sizeof good_frame};
    RING_PUSH_REQUESTS(&ring);
    while (ring_take(good))
        ;
    ring.rsp_cons = ring.sring->rsp_prod;
    MUST(good_passed == before + 1);
}

/* It may start anew. */
static void reconnect(void)
{
    put_node("/front/7/state", "1");
    bus_changed("/front/7/state", bad->name);
    MUST(!bad->connected);
    memset(pages[1], 0, PAGE);
    memset(pages[2], 0, PAGE);
    FRONT_RING_INIT(&tx, (netif_tx_sring_t *)(void *)pages[1], PAGE);
    FRONT_RING_INIT(&rx, (netif_rx_sring_t *)(void *)pages[2], PAGE);
    put_node("/front/7/state", "4");
    bus_changed("/front/7/state", bad->name);
    MUST(bad->connected);
}

static void *scribble(void *arg)
{
    volatile uint32_t *p[] = {(void *)pages[1], (void *)pages[2]};
    uint32_t x = 1;

    while (!stop) {
        x = x * 1664525 + 1013904223;
        if (x >> 12 & 0x3fff) /* seldom the indices */
            p[x >> 31][16 + (x >> 8) % 1008] = x >> 24 & 1 ? x : x & 0x3fff;
        else
            p[x >> 31][0] += x & 511;
    }
    return arg;
}

static void run_frames(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        if (!bad->connected)
            reconnect();
        if (mode == 0)
            send_frame();
        else
            send_odd();
        RING_PUSH_REQUESTS(&tx);
        if (mode == 2 && !chance(500))
            *(chance(2) ? &tx.sring->req_prod : &rx.sring->req_prod) +=
                300 + chance(1u << 31);
        while (ring_take(bad))
            ;
        if (bad->connected && mode < 3) {
            take_answers();
            MUST(tx.rsp_cons == tx.req_prod_pvt);
        }
        receive_frame();
        if (!(i % 10))
            serve_good();
    }
}

static void run_nodes(void)
{
    static const char *const keys[] = {
        "tx-ring-ref", "rx-ring-ref", "event-channel", "request-rx-copy",
        "state",       "state",       "state"};
    static const char *const values[] = {
        "1",  "2", "5", "3", "4",  "6", "99999999999999999999",
        "-1", "",  "x", "0", "6 ", "63"};

    for (int i = 0; i < ROUNDS; i++) {
        char path[100];
        snprintf(path, sizeof path, "/front/7/%s", keys[chance(7)]);
        put_node(path, values[chance(13)]);
        bus_changed(path, "vif7.0");
        if (!chance(50)) {
            put_node("backend/vif/7/0/online", chance(2) ? "0" : "1");
            add_nodes(7, 1);
            bus_changed("backend/vif", "backend/vif");
        }
        if (!(i % 10))
            serve_good();
    }
}

int main(int argc, char **argv)
{
    pthread_t other;

    mode = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    start();
    if (mode == 3)
        pthread_create(&other, NULL, scribble, NULL);
    if (mode == 4)
        run_nodes();
    else
        run_frames();
    stop = true;
    if (mode == 3)
        pthread_join(other, NULL);
    bus_end();
    MUST(!mapped && !bound);
    if (mode == 4)
        printf("%s: connected %u times\n", names[mode], connected);
    else
        printf("%s: %lu sent, %lu passed on, %lu received, cut off %u\n",
               names[mode], sent, passed, received, cut_off);
    return 0;
}
