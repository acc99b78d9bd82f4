/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bus.c: what xenstore says of front ends. The host makes backend/vif/D/H for
 * the network card H of domain D; both sides say there how far they are
 * (xen/io/xenbus.h). It is gone when the host says so (`online`), or takes it
 * away.
 */
#include "netback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/io/xenbus.h>

#define ROOT "backend/vif"

/* ---- nodes ---- */

/* The value of a node, to be freed; NULL: there is none. */
static char *text(const char *folder, const char *key)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, key);
    return xs_read(store, XBT_NULL, path, NULL);
}

static long number(const char *folder, const char *key, long otherwise)
{
    char *value = text(folder, key), *end;
    long n = value ? strtol(value, &end, 10) : otherwise;

    if (value && (end == value || *end || n < 0 || n > UINT32_MAX))
        n = otherwise;
    free(value);
    return n;
}

static bool put(const struct vif *v, const char *key, const char *value)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", v->path, key);
    return xs_write(store, XBT_NULL, path, value, (unsigned)strlen(value));
}

static void set_state(struct vif *v, int state)
{
    char value[12];

    if (v->state == state)
        return;
    snprintf(value, sizeof value, "%d", state);
    put(v, "state", value);
    v->state = state;
}

/* ---- one front end ---- */

static void disconnect(struct vif *v)
{
    if (!v->connected)
        return;
    v->connected = false;
    ring_close(v);
    printf("%s: disconnected, %lu frames from it, %lu to it, %lu lost\n",
           v->name, v->sent, v->received, v->lost);
}

void bus_fail(struct vif *v, const char *why)
{
    say(v, why);
    disconnect(v);
    set_state(v, XenbusStateClosed);
}

static void connect_to(struct vif *v)
{
    long tx = number(v->front, "tx-ring-ref", -1);
    long rx = number(v->front, "rx-ring-ref", -1);
    long port = number(v->front, "event-channel", -1);

    if (tx < 0 || rx < 0 || port < 0 ||
        number(v->front, "request-rx-copy", 0) != 1) {
        bus_fail(v, "it does not say what it should");
        return;
    }
    if (!ring_open(v, (uint32_t)tx, (uint32_t)rx, (uint32_t)port)) {
        bus_fail(v, "what it shares cannot be had");
        return;
    }
    v->connected = true;
    v->sent = v->received = v->lost = 0;
    set_state(v, XenbusStateConnected);
    say(v, "connected");
}

static void offer(struct vif *v)
{
    static const char *const yes[] = {"feature-rx-copy", "feature-sg",
                                      "feature-no-csum-offload"};

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        put(v, yes[i], "1");
    put(v, "hotplug-status", "connected");
    set_state(v, XenbusStateInitWait);
}

static void drop(struct vif *v)
{
    struct vif **at = &vifs;

    disconnect(v);
    set_state(v, XenbusStateClosed);
    xs_unwatch(store, v->front, v->name);
    xs_rm(store, XBT_NULL, v->path);
    while (*at != v)
        at = &(*at)->next;
    *at = v->next;
    say(v, "gone");
    free(v);
}

/* What is to follow from how far the other side is. */
static void update(struct vif *v)
{
    long front = number(v->front, "state", XenbusStateUnknown);

    if (number(v->path, "online", 0) != 1) {
        drop(v);
        return;
    }
    switch (front) {
    case XenbusStateInitialising:
        if (v->state != XenbusStateInitWait) {
            disconnect(v);
            offer(v);
        }
        break;
    case XenbusStateInitialised:
    case XenbusStateConnected:
        if (v->state == XenbusStateInitWait)
            connect_to(v);
        break;
    case XenbusStateClosing:
        disconnect(v);
        set_state(v, XenbusStateClosing);
        break;
    case XenbusStateUnknown:
    case XenbusStateClosed:
        disconnect(v);
        set_state(v, XenbusStateClosed);
        break;
    default:
        break;
    }
}

/* ---- all of them ---- */

static bool read_mac(uint8_t mac[MAC], const char *s)
{
    unsigned b[MAC];
    int end = 0;

    if (!s ||
        sscanf(s, "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3],
               &b[4], &b[5], &end) != MAC ||
        s[end])
        return false;
    for (int i = 0; i < MAC; i++)
        mac[i] = (uint8_t)b[i];
    return true;
}

static void add(unsigned domain, unsigned handle)
{
    struct vif *v = calloc(1, sizeof *v);
    char *front, *mac;
    bool good;

    if (!v)
        return;
    v->domain = domain;
    v->handle = handle;
    v->state = XenbusStateInitialising;
    snprintf(v->name, sizeof v->name, "vif%u.%u", domain, handle);
    snprintf(v->path, sizeof v->path, ROOT "/%u/%u", domain, handle);
    front = text(v->path, "frontend");
    mac = text(v->path, "mac");
    good = front && strlen(front) < sizeof v->front && read_mac(v->mac, mac) &&
           number(v->path, "frontend-id", -1) == (long)domain;
    if (good)
        strcpy(v->front, front);
    free(front);
    free(mac);
    if (!good) { /* the host is still at it */
        free(v);
        return;
    }
    v->next = vifs;
    vifs = v;
    offer(v);
    if (!xs_watch(store, v->front, v->name))
        bus_fail(v, "xenstore does not let it be watched");
}

static struct vif *find(unsigned domain, unsigned handle)
{
    struct vif *v = vifs;

    while (v && (v->domain != domain || v->handle != handle))
        v = v->next;
    return v;
}

static bool exists(const struct vif *v)
{
    char *path = text(v->path, "frontend");

    free(path);
    return path;
}

static void scan_domain(const char *name)
{
    char path[64];
    unsigned n = 0;

    snprintf(path, sizeof path, ROOT "/%.20s", name);
    char **list = xs_directory(store, XBT_NULL, path, &n);
    for (unsigned i = 0; list && i < n; i++) {
        unsigned domain = (unsigned)strtoul(name, NULL, 10);
        unsigned handle = (unsigned)strtoul(list[i], NULL, 10);
        if (!find(domain, handle))
            add(domain, handle);
    }
    free(list);
}

static void scan(void)
{
    unsigned n = 0;
    char **list = xs_directory(store, XBT_NULL, ROOT, &n);

    for (unsigned i = 0; list && i < n; i++)
        scan_domain(list[i]);
    free(list);
}

void bus_start(void)
{
    xs_watch(store, ROOT, ROOT);
}

/* The token is ours: ROOT, or the name of the front end. */
void bus_changed(const char *path, const char *token)
{
    struct vif *next;

    (void)path;
    if (!strcmp(token, ROOT))
        scan();
    for (struct vif *v = vifs; v; v = next) {
        next = v->next;
        if (!strcmp(token, ROOT) && !exists(v))
            drop(v);
        else if (!strcmp(token, ROOT) || !strcmp(token, v->name))
            update(v);
    }
}

void bus_end(void)
{
    for (struct vif *v = vifs; v; v = v->next) {
        disconnect(v);
        set_state(v, XenbusStateClosed);
    }
}
