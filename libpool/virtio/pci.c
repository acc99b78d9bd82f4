/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pci.c: Virtio 1.0, 4.1: a PCI device whose capabilities say in which base
 * address register, and where in it, its registers are. Interrupts are messages
 * (MSI-X) where the device has them.
 */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/pci.h>
#include <uc/platform.h>

#include "transport.h"

enum {
    VENDOR_VIRTIO = 0x1af4,
    ID_FIRST = 0x1040, /* plus the type of the device */
    ID_OLD = 0x1000,   /* of devices that also know the old way */
    ID_OLD_LAST = 0x103f,
    CAPS_MOST = 48, /* as many as there is room for */
};

enum { /* kinds of structures */
    CAP_COMMON = 1,
    CAP_NOTIFY,
    CAP_ISR,
    CAP_DEVICE,
};

enum { /* the common structure */
    FEATURES_SELECT = 0x00,
    FEATURES = 0x04,
    DRIVER_FEATURES_SELECT = 0x08,
    DRIVER_FEATURES = 0x0c,
    CONFIG_VECTOR = 0x10,
    STATUS = 0x14,
    GENERATION = 0x15,
    QUEUE_SELECT = 0x16,
    QUEUE_SIZE = 0x18,
    QUEUE_VECTOR = 0x1a,
    QUEUE_ENABLE = 0x1c,
    QUEUE_NOTIFY_OFFSET = 0x1e,
    QUEUE_DESC = 0x20,
    QUEUE_AVAIL = 0x28,
    QUEUE_USED = 0x30,
    COMMON_SIZE = 0x38,
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
    return get8(v->registers, STATUS);
}

static void set_status(struct uc_virtio *v, uint32_t bits)
{
    put8(v->registers, STATUS, (uint8_t)bits);
}

static uint32_t generation(struct uc_virtio *v)
{
    return get8(v->registers, GENERATION);
}

/* Reading it lets the line fall. */
static void acknowledge(struct uc_virtio *v)
{
    if (!v->messages && v->isr)
        get8(v->isr, 0);
}

static uint32_t queue_most(struct uc_virtio *v, unsigned index)
{
    put16(v->registers, QUEUE_SELECT, (uint16_t)index);
    if (get16(v->registers, QUEUE_SELECT) != index)
        return 0;
    return get16(v->registers, QUEUE_SIZE);
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
    uint64_t at =
        (uint64_t)get16(v->registers, QUEUE_NOTIFY_OFFSET) * v->notify_step;

    if (at + 2 > v->notify_size)
        return -EINVAL;
    q->notify = v->notify + at;
    put16(v->registers, QUEUE_SIZE, q->size);
    if (v->messages)
        put16(v->registers, QUEUE_VECTOR, 0);
    put_address(v, QUEUE_DESC, q->desc);
    put_address(v, QUEUE_AVAIL, q->avail);
    put_address(v, QUEUE_USED, q->used);
    put16(v->registers, QUEUE_ENABLE, 1);
    return 0;
}

static void notify(struct uc_virtqueue *q)
{
    put16(q->notify, 0, q->index);
}

static const struct uc_virtio_transport pci = {
    features,    set_features, status,      set_status, generation,
    acknowledge, queue_most,   queue_start, notify,
};

/* ---- finding ---- */

/* The structure that the vendor's capability at `cap` tells of. */
static void add_structure(struct uc_virtio *v, unsigned device, unsigned cap)
{
    uint32_t head = uc_pci_read(device, cap);
    unsigned bar = uc_pci_read(device, cap + 4) & 0xff;
    uint32_t at = uc_pci_read(device, cap + 8);
    uint32_t n = uc_pci_read(device, cap + 12);

    switch (head >> 24) {
    case CAP_COMMON:
        if (!v->registers && n >= COMMON_SIZE)
            v->registers = uc_pci_window(device, bar, at, COMMON_SIZE);
        break;
    case CAP_NOTIFY:
        if (v->notify)
            break;
        v->notify = uc_pci_window(device, bar, at, n);
        v->notify_size = n;
        v->notify_step = uc_pci_read(device, cap + 16);
        break;
    case CAP_ISR:
        if (!v->isr && n)
            v->isr = uc_pci_window(device, bar, at, 1);
        break;
    case CAP_DEVICE:
        if (v->config)
            break;
        v->config = uc_pci_window(device, bar, at, n);
        v->config_size = v->config ? n : 0;
    }
}

/* Message 0 for everything. */
static void start_messages(struct uc_virtio *v, unsigned device, unsigned cap)
{
    const uint32_t enable = 0x80000000, masked = 0x40000000;
    uint32_t table = uc_pci_read(device, cap + 4);
    volatile char *entry = uc_pci_window(device, table & 7, table & ~7u, 16);

    if (!entry)
        return;
    put32(entry, 0, uc_pci_message_address);
    put32(entry, 4, 0);
    put32(entry, 8, uc_pci_message_data);
    put32(entry, 12, 0); /* not masked */
    uc_pci_write(device, cap, (uc_pci_read(device, cap) | enable) & ~masked);
    v->messages = true;
}

static void add_device(unsigned device, unsigned type)
{
    struct uc_virtio v = {.transport = &pci, .type = type};
    unsigned cap = uc_pci_capability(device, UC_PCI_CAP_VENDOR, 0);
    unsigned msix = uc_pci_capability(device, UC_PCI_CAP_MSIX, 0);

    uc_pci_start(device);
    for (int i = 0; cap && i < CAPS_MOST; i++) {
        add_structure(&v, device, cap);
        cap = uc_pci_capability(device, UC_PCI_CAP_VENDOR, cap);
    }
    if (!v.registers || !v.notify) {
        uc_log("virtio: a PCI device without the registers of version 1.0, or "
               "without an address for them, is left alone; device",
               device);
        return;
    }
    if (msix)
        start_messages(&v, device, msix);
    uc_virtio_add(&v);
}

/* The type of the device; 0: not virtio's. */
static unsigned type_of(unsigned device, uint32_t id)
{
    unsigned number = id >> 16;

    if ((id & 0xffff) != VENDOR_VIRTIO)
        return 0;
    if (number >= ID_OLD && number <= ID_OLD_LAST)
        return uc_pci_read(device, UC_PCI_SUBSYSTEM) >> 16;
    return number > ID_FIRST && number < ID_FIRST + 64 ? number - ID_FIRST : 0;
}

bool uc_virtio_scan_pci(void)
{
    struct uc_pci_walk w = {0};
    unsigned device;

    while ((device = uc_pci_next(&w)) != UC_PCI_END) {
        unsigned type = type_of(device, uc_pci_read(device, UC_PCI_ID));
        if (type)
            add_device(device, type);
    }
    return uc_pci_exists();
}
