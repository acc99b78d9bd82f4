/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio.c: finding devices, and what is alike over all transports. */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/string.h>

#include "transport.h"

enum {
    DEVICES = 16,
    VERSION_1 = 32, /* features by the number of their bits */
    RESET_TRIES = 1000000,
};

static struct uc_virtio devices[DEVICES];
static unsigned count;

bool uc_virtio_add(const struct uc_virtio *v)
{
    if (count == DEVICES)
        return false;
    devices[count++] = *v;
    return true;
}

struct uc_virtio *uc_virtio_find(unsigned type, unsigned n)
{
    static bool scanned;

    if (!scanned && !uc_virtio_scan_pci())
        uc_virtio_scan_mmio();
    scanned = true;
    for (unsigned i = 0; i < count; i++)
        if (devices[i].type == type && !n--)
            return &devices[i];
    return NULL;
}

/* Bounded: a device that does not come back is not used. */
static int reset(struct uc_virtio *v)
{
    v->transport->set_status(v, 0);
    for (int i = 0; i < RESET_TRIES; i++)
        if (!v->transport->status(v))
            return 0;
    return -EIO;
}

void uc_virtio_fail(struct uc_virtio *v, const char *why)
{
    if (v->off)
        return;
    v->off = true;
    uc_log(why, -1);
    reset(v);
}

int uc_virtio_begin(struct uc_virtio *v, uint64_t wanted)
{
    const struct uc_virtio_transport *t = v->transport;
    uint32_t status = STATUS_SEEN | STATUS_DRIVER;

    if (reset(v)) {
        uc_virtio_fail(v, "virtio: a device does not come out of reset");
        return -EIO;
    }
    v->off = false;
    t->set_status(v, status);
    uint64_t has = t->features(v, 0) | (uint64_t)t->features(v, 1) << 32;
    wanted |= (uint64_t)1 << VERSION_1 | (uint64_t)1 << UC_VIRTIO_EVENTS;
    v->features = has & wanted;
    t->set_features(v, 0, (uint32_t)v->features);
    t->set_features(v, 1, (uint32_t)(v->features >> 32));
    t->set_status(v, status | STATUS_FEATURES);
    if (has >> VERSION_1 & 1 && t->status(v) & STATUS_FEATURES)
        return 0;
    uc_virtio_fail(v, "virtio: a device refuses version 1.0");
    return -EIO;
}

void uc_virtio_ready(struct uc_virtio *v)
{
    v->transport->set_status(v, STATUS_SEEN | STATUS_DRIVER | STATUS_FEATURES |
                                    STATUS_READY);
}

static bool same_generation(struct uc_virtio *v, uint32_t before)
{
    return v->transport->generation(v) == before;
}

void uc_virtio_config(struct uc_virtio *v, unsigned offset, void *p, size_t n)
{
    enum {
        TRIES = 100
    };
    uint32_t before;
    int tries = 0;

    memset(p, 0, n);
    if (offset > v->config_size || n > v->config_size - offset)
        return;
    do {
        before = v->transport->generation(v);
        for (size_t i = 0; i < n; i++)
            ((uint8_t *)p)[i] = get8(v->config, offset + (unsigned)i);
    } while (!same_generation(v, before) && ++tries < TRIES);
}

void uc_virtio_poll(struct uc_virtio *v)
{
    v->transport->acknowledge(v);
}
