/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xenstore's client and the devices found by it, against a store that answers
 * in pieces of any size, with news between them; then against ones that lack
 * nodes, have odd ones, never connect, or break the protocol: each ends in an
 * error, in bounded time. The host's wishes are obeyed or refused: a domain
 * whose devices can rest goes on with another store, and devices that start
 * anew.
 * RUN: sh %S/Inputs/build.sh %root %t %s -DSTORE %root/platforms/xen/store.c \
 * RUN:     %root/platforms/xen/bus.c %root/platforms/xen/control.c \
 * RUN:     %root/platforms/xen/suspend.c
 * RUN: for mode in 0 1 2 3 4 5; do %t $mode; done | FileCheck %s
 * CHECK: good: connected, then gone; SIGTERM 1, refused 3, slept 2
 * CHECK: no device: error -19
 * CHECK: odd back end: error -19
 * CHECK: never connects: error -110
 * CHECK: closes: error -19
 * CHECK: broken: 100 stores, every one ended
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uc/log.h>
#include <uc/signal.h>
#include <uc/xen.h>

#include "chance.h"
#include "console.h"

enum {
    NODES = 64,
    PATHS = 128,
    AWAY = 1000, /* waits while the domain is suspended */
};

static struct node {
    char path[PATHS], value[PATHS];
} tree[NODES];
static unsigned nodes;
static char watched[8][PATHS], tokens[8][8];
static unsigned watch_count;
static struct xenstore_domain_interface ring;
static char out[1 << 16]; /* what is to be answered */
static size_t out_n;
static char in[1 << 16];
static size_t in_n;
static unsigned mode, waits, terms, refused, gone;
static bool hostile;
uint64_t chance_state = 88172645463325252u;
static unsigned slept, anew, rests;
static bool other; /* it goes on in another domain */
unsigned char uc_xen_asked;
const int CFG_SUSPEND = 1;
evtchn_port_t uc_xen_last_channel = 9;
uint64_t uc_xen_skipped;
bool uc_xen_serves;

/* ---- the store ---- */

static struct node *find(const char *path)
{
    for (unsigned i = 0; i < nodes; i++)
        if (!strcmp(tree[i].path, path))
            return &tree[i];
    return NULL;
}

static void add(const void *p, size_t n)
{
    MUST(out_n + n <= sizeof out || hostile);
    if (out_n + n > sizeof out)
        return;
    memcpy(out + out_n, p, n);
    out_n += n;
}

static void answer(unsigned type, uint32_t id, const void *p, size_t n)
{
    struct xsd_sockmsg head = {type, id, 0, (uint32_t)n};

    if (hostile && !chance(12))
        ((uint32_t *)&head)[chance(4)] = chance(2) ? chance(5000) : chance(~0u);
    add(&head, sizeof head);
    add(p, n);
}

static void news(unsigned w, const char *path)
{
    char text[2 * PATHS];
    size_t n = strlen(path) + 1;

    memcpy(text, path, n);
    strcpy(text + n, tokens[w]);
    if (hostile && !chance(4))
        text[chance((uint32_t)n + 2)] = (char)chance(256);
    answer(XS_WATCH_EVENT, 0, text, n + strlen(tokens[w]) + 1);
}

static void set(const char *path, const char *value)
{
    struct node *n = find(path);

    if (!n && hostile && nodes == NODES)
        return;
    if (!n) {
        MUST(nodes < NODES);
        n = &tree[nodes++];
        snprintf(n->path, PATHS, "%s", path);
    }
    snprintf(n->value, PATHS, "%s", value);
    for (unsigned i = 0; i < watch_count; i++)
        if (!strcmp(watched[i], path))
            news(i, path);
}

static void directory(uint32_t id, const char *path)
{
    char text[PATHS];
    size_t n = strlen(path);

    for (unsigned i = 0; i < nodes; i++)
        if (!strncmp(tree[i].path, path, n) && tree[i].path[n] == '/') {
            const char *name = tree[i].path + n + 1;
            size_t size = strcspn(name, "/");
            memcpy(text, name, size);
            text[size] = 0;
            answer(XS_DIRECTORY, id, text, size + 1);
            return;
        }
    answer(XS_ERROR, id, "ENOENT", 7);
}

static void serve(const struct xsd_sockmsg *head, char *p)
{
    const char *second = p + strlen(p) + 1;
    struct node *n = find(p);
    char value[PATHS];

    switch (head->type) {
    case XS_READ:
        if (n)
            answer(XS_READ, head->req_id, n->value, strlen(n->value));
        else
            answer(XS_ERROR, head->req_id, "ENOENT", 7);
        break;
    case XS_DIRECTORY:
        directory(head->req_id, p);
        break;
    case XS_WATCH:
        if (strlen(p) + 1 > head->len)
            break;
        MUST(watch_count < 8 || hostile);
        watch_count %= 8;
        snprintf(watched[watch_count], PATHS, "%s", p);
        snprintf(tokens[watch_count], 8, "%s", second);
        answer(XS_WATCH, head->req_id, "OK", 3);
        news(watch_count++, p);
        break;
    case XS_WRITE:
        if (strlen(p) + 1 > head->len)
            break;
        snprintf(value, PATHS, "%.*s", (int)(head->len - strlen(p) - 1),
                 second);
        set(p, value);
        answer(XS_WRITE, head->req_id, "OK", 3);
        break;
    default:
        MUST(hostile); /* it has lost its place itself */
    }
}

/* Moves some bytes of both rings, and serves what is whole. */
static void run(void)
{
    struct xsd_sockmsg head;

    for (unsigned n = 1 + chance(40);
         n && ring.req_cons != ring.req_prod && in_n + 1 < sizeof in; n--)
        in[in_n++] = ring.req[ring.req_cons++ % XENSTORE_RING_SIZE];
    while (in_n >= sizeof head) {
        memcpy(&head, in, sizeof head);
        MUST(head.len <= XENSTORE_PAYLOAD_MAX || hostile);
        if (head.len > XENSTORE_PAYLOAD_MAX) {
            in_n = 0;
            break;
        }
        if (in_n < sizeof head + head.len)
            break;
        in[in_n] = 0;
        char *payload = strndup(in + sizeof head, 0);
        payload = realloc(payload, head.len + 1);
        memcpy(payload, in + sizeof head, head.len);
        payload[head.len] = 0;
        in_n -= sizeof head + head.len;
        memmove(in, in + sizeof head + head.len, in_n);
        serve(&head, payload);
        free(payload);
    }
    size_t i = 0;
    for (unsigned n = 1 + chance(40);
         n && i < out_n && ring.rsp_prod - ring.rsp_cons < XENSTORE_RING_SIZE;
         n--)
        ring.rsp[ring.rsp_prod++ % XENSTORE_RING_SIZE] = out[i++];
    out_n -= i;
    memmove(out, out + i, out_n);
    if (hostile && !chance(400))
        ring.rsp_prod += chance(~0u);
    if (hostile && !chance(400))
        ring.req_cons += chance(~0u);
}

/* ---- the platform ---- */

struct xenstore_domain_interface *uc_xen_store(evtchn_port_t *port)
{
    *port = 1;
    return &ring;
}

bool uc_xen_listen(evtchn_port_t port)
{
    MUST(port == 1);
    return true;
}

long uc_hypercall(long a, long b, long c, long d, long e, long number)
{
    (void)b, (void)c, (void)d, (void)e;
    if (a == EVTCHNOP_status) {
        ((struct evtchn_status *)b)->status =
            other ? EVTCHNSTAT_closed : EVTCHNSTAT_interdomain;
        return 0;
    }
    MUST(a == EVTCHNOP_send && number == __HYPERVISOR_event_channel_op);
    if (chance(2))
        run();
    return 0;
}

static void back_end(void);

uint64_t uc_plat_clock_ns(void)
{
    return waits * (uint64_t)100000000;
}

void uc_plat_wait(uint64_t ns)
{
    MUST(ns <= 100000000);
    MUST(++waits < 1000000);
    if (mode < 5)
        back_end();
    run();
}

void uc_log(const char *what, long n)
{
    (void)n;
    refused += strstr(what, "cannot do") || strstr(what, "cannot be saved");
    gone += strstr(what, "gone") != NULL;
}

long uc_signal_post_plain(int sig, struct task *t)
{
    MUST(sig == SIGTERM && !t);
    terms++;
    return 0;
}

/* ---- the back end ---- */

static const char *ours(const char *node)
{
    struct node *n = find(node);

    return n ? n->value : "";
}

static void back_end(void)
{
    const char *front = ours("device/vbd/51712/state");

    if (mode == 3 || !*ours("/back/state"))
        return;
    if (!strcmp(front, "3") && strcmp(ours("/back/state"), "4") != 0)
        set("/back/state", mode == 4 ? "5" : "4");
}

static void prepare(void)
{
    nodes = watch_count = 0;
    out_n = in_n = 0;
    memset(&ring, 0, sizeof ring);
    if (mode == 1)
        return;
    set("device/vbd/51712/backend", "/back");
    set("device/vbd/51712/backend-id",
        mode == 2 ? "99999999999999999999" : "0");
    set("device/vbd/51712/state", "1");
    set("/back/state", "2");
    set("/back/sectors", "65536");
    set("/back/odd", "12x");
    set("/back/large", "18446744073709551616");
}

static void poll(struct uc_xen_device *d, int times)
{
    while (times--) {
        run();
        uc_xen_poll(d);
    }
}

/* ---- suspended ---- */

struct xen_ring *uc_xen_ring(void)
{
    static struct xen_ring none;

    return &none;
}

uint64_t uc_xen_now(void)
{
    return uc_plat_clock_ns();
}

void uc_xen_sleep_start(void)
{
}

/* In another store nothing is watched, and the back end waits. */
int uc_xen_sleep(void)
{
    slept++;
    if (!other)
        return 0;
    waits += AWAY;
    prepare();
    memset(&ring, 0x55, sizeof ring);
    ring.req_prod = ring.req_cons = ring.rsp_prod = ring.rsp_cons = 77;
    return 0;
}

void uc_xen_listen_to_none(void)
{
}

void uc_xen_console_again(void)
{
}

evtchn_port_t uc_xen_store_port(void)
{
    return 1;
}

bool uc_xen_grants_keep(void)
{
    return true;
}

void uc_xen_grants_again(void)
{
}

static bool rest(void)
{
    return ++rests > 3;
}

static struct uc_xen_device device;
static int connect(struct uc_xen_device *d);

static int again(void)
{
    anew++;
    MUST(uc_xen_skipped == AWAY * (uint64_t)100000000);
    return connect(&device);
}

static void suspend(struct uc_xen_device *d)
{
    set("control/shutdown", "suspend");
    poll(d, 50);
    MUST(refused == 2 && !slept && !d->off);
    d->rest = rest;
    d->again = again;
    set("control/shutdown", "suspend");
    poll(d, 50);
    MUST(slept == 1 && rests == 4 && !anew && !d->off);
    other = true;
    set("control/shutdown", "suspend");
    poll(d, 50);
    MUST(slept == 2 && anew == 1 && !d->off && refused == 2);
    MUST(!strcmp(ours("device/vbd/51712/state"), "4"));
    MUST(!strcmp(ours("control/feature-suspend"), "1"));
    set("control/shutdown", "poweroff?");
    poll(d, 50);
    MUST(refused == 3);
}

static void good(struct uc_xen_device *d)
{
    MUST(uc_xen_number(d, "sectors", 1) == 65536);
    MUST(uc_xen_number(d, "odd", 1) == 1 && uc_xen_number(d, "none", 7) == 7);
    MUST(uc_xen_number(d, "large", 1) == 1);
    MUST(!strcmp(ours("device/vbd/51712/ring-ref"), "4294967295"));
    MUST(!strcmp(ours("device/vbd/51712/state"), "4"));
    char small[4];
    MUST(uc_xenstore_read("/back/sectors", small, sizeof small) == -7);
    poll(d, 50);
    MUST(!terms && !d->off);
    set("control/shutdown", "poweroff");
    poll(d, 50);
    MUST(terms == 1 && uc_xen_asked == UC_XEN_POWEROFF);
    MUST(!*ours("control/shutdown"));
    set("control/shutdown", "crash");
    poll(d, 50);
    MUST(terms == 1 && refused == 1 && !d->off);
    suspend(d);
    set("/back/state", "5");
    poll(d, 50);
    MUST(d->off && gone == 1 && !strcmp(ours("device/vbd/51712/state"), "6"));
    printf("connected, then gone; SIGTERM %u, refused %u, slept %u\n", terms,
           refused, slept);
}

static int connect(struct uc_xen_device *d)
{
    int error = uc_xen_find(d, "vbd");

    if (!error)
        error = (int)uc_xen_put(d, "ring-ref", UINT32_MAX);
    if (!error)
        error = uc_xen_connect(d, false);
    return error;
}

/* The client keeps what it knows: each store is another process. */
static int broken(void);

int main(int argc, char **argv)
{
    static const char *const names[] = {"good",         "no device",
                                        "odd back end", "never connects",
                                        "closes",       "broken"};
    mode = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    printf("%s: ", names[mode]);
    fflush(stdout);
    if (mode == 5)
        return broken();
    prepare();
    int error = connect(&device);
    if (mode == 0 && !error)
        good(&device);
    else
        printf("error %d\n", error);
    return 0;
}

#include <sys/wait.h>
#include <unistd.h>

static int broken(void)
{
    enum {
        STORES = 100
    };

    hostile = true;
    for (int i = 0; i < STORES; i++) {
        pid_t child = fork();
        if (!child) {
            struct uc_xen_device d = {0};
            chance_state += (uint64_t)i * 0x9e3779b97f4a7c15u;
            prepare();
            if (!connect(&d))
                poll(&d, 20);
            _exit(0);
        }
        int status = -1;
        waitpid(child, &status, 0);
        MUST(status == 0);
    }
    printf("%d stores, every one ended\n", STORES);
    return 0;
}
