/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bus.c: devices: nodes in xenstore by which front end and back end find each
 * other and say how far they are (xen/io/xenbus.h).
 */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/string.h>
#include <uc/xen.h>
#include <xen/io/xenbus.h>

#include "xen.h"

enum {
    PATH = 192,
    NUMBER = 24,
    PATIENCE = 300, /* waits of WAIT_NS for the back end, and that time */
    WAIT_NS = 100000000,
};

static bool join(char path[PATH], const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);

    if (n + m + 2 > PATH)
        return false;
    memcpy(path, folder, n);
    path[n] = '/';
    memcpy(path + n + 1, name, m + 1);
    return true;
}

static const char *decimal(char text[NUMBER], uint64_t n)
{
    char *p = text + NUMBER - 1;

    *p = 0;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    return p;
}

static uint64_t number(const char *folder, const char *key, uint64_t otherwise)
{
    char path[PATH], text[NUMBER];
    uint64_t n = 0;

    if (!join(path, folder, key) ||
        uc_xenstore_read(path, text, sizeof text) <= 0)
        return otherwise;
    for (const char *s = text; *s; s++) {
        if (*s < '0' || *s > '9' || n > UINT64_MAX / 10 - 1)
            return otherwise;
        n = n * 10 + (uint64_t)(*s - '0');
    }
    return n;
}

uint64_t uc_xen_number(const struct uc_xen_device *d, const char *key,
                       uint64_t otherwise)
{
    return number(d->back, key, otherwise);
}

long uc_xen_put_text(const struct uc_xen_device *d, const char *key,
                     const char *value)
{
    char path[PATH];

    return join(path, d->path, key) ? uc_xenstore_write(path, value) : -E2BIG;
}

long uc_xen_put(const struct uc_xen_device *d, const char *key, uint64_t n)
{
    char text[NUMBER];

    return uc_xen_put_text(d, key, decimal(text, n));
}

static unsigned state_of(const struct uc_xen_device *d)
{
    return (unsigned)number(d->back, "state", XenbusStateUnknown);
}

/* Waits for one of two states; -ENODEV: the back end goes. */
static int wait_for(struct uc_xen_device *d, unsigned a, unsigned b)
{
    uint64_t start = uc_plat_clock_ns();

    for (int i = 0; i < PATIENCE ||
                    uc_plat_clock_ns() - start < (uint64_t)PATIENCE * WAIT_NS;
         i++) {
        uc_xenstore_changed(d->watch);
        unsigned state = state_of(d);
        if (state == a || state == b)
            return 0;
        if (state == XenbusStateClosing || state == XenbusStateClosed)
            return -ENODEV;
        uc_plat_wait(WAIT_NS);
    }
    return -ETIMEDOUT;
}

int uc_xen_find(struct uc_xen_device *d, const char *kind)
{
    char folder[PATH], name[NUMBER], path[PATH];

    if (!join(folder, "device", kind) ||
        uc_xenstore_first(folder, name, sizeof name) <= 0 ||
        !join(path, folder, name) || strlen(path) >= sizeof d->path)
        return -ENODEV;
    memcpy(d->path, path, strlen(path) + 1);
    d->off = false;
    d->domain = (unsigned)number(d->path, "backend-id", UINT16_MAX);
    if (d->domain >= UINT16_MAX || !join(path, d->path, "backend") ||
        uc_xenstore_read(path, d->back, sizeof d->back) <= 0 ||
        !join(path, d->back, "state"))
        return -ENODEV;
    d->watch = uc_xenstore_watch(path);
    if (d->watch < 0)
        return -EIO;
    int error = wait_for(d, XenbusStateInitWait, XenbusStateInitialised);
    if (error)
        uc_xen_fail(d, "xen: a back end does not come up");
    return error;
}

struct uc_xen_device *uc_xen_devices;

static void note(struct uc_xen_device *d)
{
    for (struct uc_xen_device *o = uc_xen_devices; o; o = o->next)
        if (o == d)
            return;
    d->next = uc_xen_devices;
    uc_xen_devices = d;
}

int uc_xen_connect(struct uc_xen_device *d, bool at_once)
{
    long error = uc_xen_put(
        d, "state", at_once ? XenbusStateConnected : XenbusStateInitialised);

    if (!error)
        error = wait_for(d, XenbusStateConnected, XenbusStateConnected);
    if (!error && !at_once)
        error = uc_xen_put(d, "state", XenbusStateConnected);
    if (error)
        uc_xen_fail(d, "xen: a back end does not connect");
    else
        note(d);
    return (int)error;
}

void uc_xen_poll(struct uc_xen_device *d)
{
    uc_xen_control();
    if (d->off || !uc_xenstore_changed(d->watch))
        return;
    if (state_of(d) != XenbusStateConnected)
        uc_xen_fail(d, "xen: a back end is gone");
}

void uc_xen_fail(struct uc_xen_device *d, const char *why)
{
    if (d->off)
        return;
    d->off = true;
    uc_log(why, -1);
    uc_xen_put(d, "state", XenbusStateClosed);
}
