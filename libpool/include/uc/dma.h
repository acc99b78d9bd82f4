/* SPDX-License-Identifier: BSD-2-Clause */
/* dma.h: our memory in pieces that are adjacent for devices as well. */
#ifndef UC_DMA_H
#define UC_DMA_H

#include <stddef.h>
#include <stdint.h>
#include <uc/mem.h>
#include <uc/platform.h>

struct uc_dma_piece {
    uint64_t address; /* at which devices see it */
    uint32_t length;
};

/* The first piece of *n bytes at *p, at least one; both move behind it. */
static inline struct uc_dma_piece uc_dma_next(const char **p, uint32_t *n)
{
    struct uc_dma_piece piece = {uc_plat_dma(*p), 0};

    do {
        uint32_t part = UC_PAGE - (uint32_t)((uintptr_t)*p % UC_PAGE);
        if (part > *n)
            part = *n;
        piece.length += part;
        *p += part;
        *n -= part;
    } while (*n && uc_plat_dma(*p) == piece.address + piece.length);
    return piece;
}

#endif
