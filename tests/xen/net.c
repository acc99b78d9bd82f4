/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront against a back end that does what it should: every frame goes out as
 * it is, long ones of TCP in several slots with word of where to cut; every one
 * that comes is passed on as it came. Then against one that
 * does not: answers for what was not sent or lent, sizes and offsets outside of
 * a page, frames of several slots, indices that cannot be. Nothing outside of
 * its memory is touched, and the device says once that it is off.
 * RUN: sh %S/Inputs/build.sh %root %t %s %root/libpool/netdev/xen/net.c
 * RUN: for mode in 0 1 2 3 4 5 6; do %t $mode; done | FileCheck %s
 * CHECK: good: [[#]] sent, [[#]] received, the same
 * CHECK: odd frames: [[#]] sent, [[#]] received, off 0
 * CHECK: wrong sent: [[#]] sent, [[#]] received, off 1
 * CHECK: wrong received: [[#]] sent, [[#]] received, off 1
 * CHECK: wrong indices: [[#]] sent, [[#]] received, off 1
 * CHECK: long frames: [[#]] sent, [[#]] received, off 0
 * CHECK: long frames, wrong sent: [[#]] sent, [[#]] received, off 1
 */
#include "back.h"

#include <uc/netdev.h>
#include <xen/grant_table.h>
#include <xen/io/netif.h>

enum {
    ROUNDS = 20000,
    FRAME = 1514,
    LONG = 30000,
};

static const char *const names[] = {"good",
                                    "odd frames",
                                    "wrong sent",
                                    "wrong received",
                                    "wrong indices",
                                    "long frames",
                                    "long frames, wrong sent"};
static unsigned mode;
static struct netif_tx_sring *tx;
static struct netif_rx_sring *rx;
static uint32_t tx_seen, tx_answered, rx_seen, rx_answered;
static int sent_ids[256]; /* -1: a slot without data */
static unsigned sent_count;
static long sent, received, given;
static volatile unsigned sums;
static uint8_t last[LONG + 2048]; /* the frame that was sent last */
static size_t last_size;
static unsigned last_cut;
static uint8_t coming[2048];
static size_t coming_size; /* of the one that is to be received next */

void uc_net_sent(void *token)
{
    MUST(token == last);
}

void uc_net_received(struct uc_netbuf *b)
{
    MUST(b->size > 14 && b->size <= FRAME);
    if (coming_size && mode == 0) {
        MUST(b->size == coming_size && !memcmp(b->data, coming, coming_size));
        MUST(b->checked);
    }
    for (size_t i = 0; i < b->size; i++) /* it is there */
        sums += (uint8_t)b->data[i];
    received++;
    uc_netdev_give_back(b);
}

/* Slot n of a frame, of which `at` bytes have been; how many there are. */
static size_t take_slot(unsigned n, size_t at, netif_tx_request_t *q)
{
    *q = tx->ring[tx_seen++ % 256].req;
    char *page = back_page(q->gref, false);
    size_t size = q->size;
    if (!n)
        MUST(q->size > 14 && q->size == last_size);
    if (!n && q->flags & NETTXF_more_data) {
        MUST(q->flags & NETTXF_extra_info);
        size = 2048;
    }
    if (!n && q->flags & NETTXF_extra_info) {
        netif_extra_info_t e;
        memcpy(&e, &tx->ring[tx_seen++ % 256].req, sizeof e);
        MUST(e.type == XEN_NETIF_EXTRA_TYPE_GSO && !e.flags);
        MUST(e.u.gso.type == XEN_NETIF_GSO_TYPE_TCPV4 && last_cut &&
             e.u.gso.size == last_cut);
        sent_ids[sent_count++] = -1;
    }
    MUST(page && q->offset + size <= 4096 && at + size <= last_size);
    MUST(!memcmp(page + q->offset, last + at, size));
    MUST(sent_count < 256);
    sent_ids[sent_count++] = q->id;
    return size;
}

static void take_sent(void)
{
    netif_tx_request_t q;

    while (tx_seen != tx->req_prod) {
        size_t at = 0;
        unsigned n = 0;
        do
            at += take_slot(n++, at, &q);
        while (q.flags & NETTXF_more_data);
        MUST(n <= 18 && at == last_size);
        sent++;
    }
    tx->req_event = tx_seen + 1;
}

static void answer_sent(void)
{
    unsigned i = chance(sent_count);
    netif_tx_response_t *a = &tx->ring[tx_answered++ % 256].rsp;

    a->id = (uint16_t)sent_ids[i];
    a->status = sent_ids[i] < 0 ? NETIF_RSP_NULL : NETIF_RSP_OKAY;
    if ((mode == 2 || mode == 6) && !chance(3000))
        a->id = (uint16_t)chance(65536);
    if (mode == 6 && !chance(3))
        a->status = NETIF_RSP_NULL;
    sent_ids[i] = sent_ids[--sent_count];
    tx->rsp_prod = tx_answered;
}

/* One frame to be received, if a slot has been lent. */
static void bring(void)
{
    if (rx_seen == rx->req_prod)
        return;
    netif_rx_request_t q = rx->ring[rx_seen++ % 256].req;
    netif_rx_response_t *a = &rx->ring[rx_answered++ % 256].rsp;
    char *page = back_page(q.gref, true);
    MUST(page);
    coming_size = 15 + chance(FRAME - 14);
    unsigned offset = chance(4096 - (unsigned)coming_size + 1);
    for (size_t i = 0; i < coming_size; i++)
        coming[i] = (uint8_t)chance(256);
    memcpy(page + offset, coming, coming_size);
    *a = (netif_rx_response_t){.id = q.id,
                               .offset = (uint16_t)offset,
                               .flags = NETRXF_data_validated,
                               .status = (int16_t)coming_size};
    given++;
    if (mode == 1 && !chance(3))
        a->status = (int16_t)chance(65536);
    if (mode == 1 && !chance(3))
        a->offset = (uint16_t)chance(65536);
    if (mode == 1 && !chance(3))
        a->flags = (uint16_t)chance(65536);
    if (mode == 3 && !chance(3000))
        a->id = (uint16_t)chance(65536);
    rx->rsp_prod = rx_answered;
    if (mode == 4 && !chance(3000))
        *(chance(2) ? &rx->rsp_prod : &tx->rsp_prod) += 300 + chance(1u << 31);
}

void back_run(void)
{
}

static void send_one(void)
{
    struct uc_netdev_part parts[4];
    char *memory = malloc(UC_NETDEV_HEAD + LONG), *p = memory + UC_NETDEV_HEAD;
    bool is_long = mode >= 5 && chance(2);
    struct uc_netdev_frame f = {
        .parts = parts, .count = 1 + chance(4), .token = last};
    size_t n = 0;

    for (size_t i = 0; i < f.count; i++) {
        unsigned most = is_long ? LONG / 4 - 15 : 360;
        parts[i] = (struct uc_netdev_part){p + n, 15 + chance(most)};
        n += parts[i].n;
    }
    for (size_t i = 0; i < n; i++)
        p[i] = (char)chance(256);
    memcpy(last, p, n);
    last_size = n;
    if (is_long)
        f.cut_at = (uint16_t)(1 + chance(1448));
    last_cut = f.cut_at;
    long error = uc_netdev_send(&f);
    MUST(!error || error == -105);
    uc_netdev_flush();
    free(memory); /* it has been copied */
    take_sent();
    MUST(error || back_logs || sent);
}

int main(int argc, char **argv)
{
    struct uc_netdev d = {0};

    mode = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    const struct back_number numbers[] = {{"feature-ipv6-csum-offload", 1},
                                          {"feature-sg", 1},
                                          {"feature-gso-tcpv4", 1},
                                          {"feature-gso-tcpv6", mode >= 5},
                                          {NULL, 0}};
    back_numbers = numbers;
    MUST(!uc_netdev_start(&d) && d.mac[5] == 0x77 && d.mtu == 1500);
    MUST(d.cuts == (mode >= 5));
    tx = (void *)back_page((uint32_t)back_node("tx-ring-ref"), true);
    rx = (void *)back_page((uint32_t)back_node("rx-ring-ref"), true);
    for (int i = 0; i < ROUNDS; i++) {
        if (chance(2))
            send_one();
        while (sent_count && chance(3))
            answer_sent();
        if (chance(2))
            bring();
        uc_netdev_poll();
        MUST(uc_netdev_up() == !back_logs);
    }
    MUST(back_logs == (mode >= 2 && mode != 5));
    MUST(mode || (sent > ROUNDS / 3 && received > given - given / 20));
    printf("%s: %ld sent, %ld received", names[mode], sent, received);
    if (mode)
        printf(", off %d\n", back_logs);
    else
        puts(", the same");
    return 0;
}
