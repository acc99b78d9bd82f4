/* SPDX-License-Identifier: BSD-2-Clause */
/* transport.h: how a device's registers are reached: pci.c, mmio.c. */
#ifndef UC_VIRTIO_TRANSPORT_H
#define UC_VIRTIO_TRANSPORT_H

#include <uc/endian.h>
#include <uc/virtio.h>

enum { /* bits of the device's status */
    STATUS_SEEN = 1,
    STATUS_DRIVER = 2,
    STATUS_READY = 4,
    STATUS_FEATURES = 8,
};

struct uc_virtio_transport {
    uint32_t (*features)(struct uc_virtio *v, unsigned half);
    void (*set_features)(struct uc_virtio *v, unsigned half, uint32_t bits);
    uint32_t (*status)(struct uc_virtio *v);
    void (*set_status)(struct uc_virtio *v, uint32_t status);
    uint32_t (*generation)(struct uc_virtio *v); /* of the configuration */
    void (*acknowledge)(struct uc_virtio *v);
    /* Descriptors that queue `index` can have; 0: there is no such queue. */
    uint32_t (*queue_most)(struct uc_virtio *v, unsigned index);
    /* Gives the device the queue, which is selected and has its size. */
    int (*queue_start)(struct uc_virtqueue *q);
    void (*notify)(struct uc_virtqueue *q);
};

/* Adds a device that was found; false: no room for more. */
bool uc_virtio_add(const struct uc_virtio *v);
/* Each looks for devices and adds them; false: no such bus. */
bool uc_virtio_scan_pci(void);
void uc_virtio_scan_mmio(void);

/* Registers, and what is in memory, are little-endian (Virtio 1.0, 1.4). */
static inline void put8(volatile char *p, unsigned at, uint8_t v)
{
    *(volatile uint8_t *)(p + at) = v;
}
static inline void put16(volatile char *p, unsigned at, uint16_t v)
{
    *(volatile uint16_t *)(volatile void *)(p + at) = uc_le16(v);
}
static inline void put32(volatile char *p, unsigned at, uint32_t v)
{
    *(volatile uint32_t *)(volatile void *)(p + at) = uc_le32(v);
}
static inline uint8_t get8(volatile char *p, unsigned at)
{
    return *(volatile uint8_t *)(p + at);
}
static inline uint16_t get16(volatile char *p, unsigned at)
{
    return uc_le16(*(volatile uint16_t *)(volatile void *)(p + at));
}
static inline uint32_t get32(volatile char *p, unsigned at)
{
    return uc_le32(*(volatile uint32_t *)(volatile void *)(p + at));
}

/* ---- of the machine: <arch>/machine.c ---- */

/* Interrupt messages that end a halt. */
extern const uint32_t uc_virtio_message_address, uc_virtio_message_data;

bool uc_pci_exists(void);
uint32_t uc_pci_read(unsigned device, unsigned at); /* device: bus << 8 ... */
void uc_pci_write(unsigned device, unsigned at, uint32_t value);

#endif
