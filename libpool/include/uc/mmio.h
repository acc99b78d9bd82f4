/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmio.h: registers of devices in memory, by their distance from p. They are
 * little-endian, as those of PCI devices and of Virtio 1.0 are.
 */
#ifndef UC_MMIO_H
#define UC_MMIO_H

#include <stdint.h>
#include <uc/endian.h>

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

#endif
