/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmio.c: Virtio 1.0, 4.2: registers in memory, version 2. Devices of version
 * 1, from before the standard, are named on the log and left alone.
 */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/platform.h>

#include "transport.h"

enum {
    MAGIC = 0x000,
    VERSION = 0x004,
    DEVICE_ID = 0x008,
    FEATURES = 0x010,
    FEATURES_SELECT = 0x014,
    DRIVER_FEATURES = 0x020,
    DRIVER_FEATURES_SELECT = 0x024,
    QUEUE_SELECT = 0x030,
    QUEUE_MOST = 0x034,
    QUEUE_SIZE = 0x038,
    QUEUE_READY = 0x044,
    QUEUE_NOTIFY = 0x050,
    INTERRUPT_STATUS = 0x060,
    INTERRUPT_ACKNOWLEDGE = 0x064,
    STATUS = 0x070,
    QUEUE_DESC = 0x080,
    QUEUE_AVAIL = 0x090,
    QUEUE_USED = 0x0a0,
    GENERATION = 0x0fc,
    CONFIG = 0x100,
    MMIO_SIZE = 512,
    MAGIC_VALUE = 0x74726976, /* "virt" */
};

static uint32_t features(struct uc_virtio *v, unsigned half)
{
    put32(v->registers, FEATURES_SELECT, half);
    return get32(v->registers, FEATURES);
}

static void set_features(struct uc_virtio *v, unsigned half, uint32_t bits)
{
    put32(v->registers, DRIVER_FEATURES_SELECT, half);
    put32(v->registers, DRIVER_FEATURES, bits);
}

static uint32_t status(struct uc_virtio *v)
{
    return get32(v->registers, STATUS);
}

static void set_status(struct uc_virtio *v, uint32_t bits)
{
    put32(v->registers, STATUS, bits);
}

static uint32_t generation(struct uc_virtio *v)
{
    return get32(v->registers, GENERATION);
}

static void acknowledge(struct uc_virtio *v)
{
    uint32_t bits = get32(v->registers, INTERRUPT_STATUS);

    if (bits)
        put32(v->registers, INTERRUPT_ACKNOWLEDGE, bits);
}

static uint32_t queue_most(struct uc_virtio *v, unsigned index)
{
    put32(v->registers, QUEUE_SELECT, index);
    return get32(v->registers, QUEUE_MOST);
}

static void put_address(struct uc_virtio *v, unsigned at, const void *p)
{
    uint64_t address = uc_plat_dma(p);

    put32(v->registers, at, (uint32_t)address);
    put32(v->registers, at + 4, (uint32_t)(address >> 32));
}

static int queue_start(struct uc_virtqueue *q)
{
    struct uc_virtio *v = q->device;

    put32(v->registers, QUEUE_SIZE, q->size);
    put_address(v, QUEUE_DESC, q->desc);
    put_address(v, QUEUE_AVAIL, q->avail);
    put_address(v, QUEUE_USED, q->used);
    put32(v->registers, QUEUE_READY, 1);
    return 0;
}

static void notify(struct uc_virtqueue *q)
{
    put32(q->device->registers, QUEUE_NOTIFY, q->index);
}

static const struct uc_virtio_transport mmio = {
    features,    set_features, status,      set_status, generation,
    acknowledge, queue_most,   queue_start, notify,
};

/* A device at p; false: no room for more. */
static bool look(volatile char *p, int place)
{
    struct uc_virtio v = {.transport = &mmio,
                          .registers = p,
                          .config = p + CONFIG,
                          .config_size = MMIO_SIZE - CONFIG};

    if (get32(p, MAGIC) != MAGIC_VALUE || !get32(p, DEVICE_ID))
        return true;
    v.type = get32(p, DEVICE_ID);
    if (get32(p, VERSION) == 2)
        return uc_virtio_add(&v);
    uc_log("virtio: a device of before version 1.0, which is left alone; place",
           place);
    return true;
}

void uc_virtio_scan_mmio(void)
{
    uint64_t place;

    for (unsigned i = 0; (place = uc_plat_virtio(i)); i++) {
        volatile char *p = uc_plat_device(place, MMIO_SIZE);
        if (!p || !look(p, (int)i))
            return;
    }
}
