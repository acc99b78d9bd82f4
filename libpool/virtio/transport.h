/* SPDX-License-Identifier: BSD-2-Clause */
/* transport.h: how a device's registers are reached: pci.c, mmio.c. */
#ifndef UC_VIRTIO_TRANSPORT_H
#define UC_VIRTIO_TRANSPORT_H

#include <uc/endian.h>
#include <uc/mmio.h>
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

#endif
