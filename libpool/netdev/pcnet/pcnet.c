/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcnet.c: AMD's 79C970A, by its registers in memory: one ring each way of
 * descriptors of 16 bytes, which the device has while they say so.
 *
 * To receive, a descriptor has a buffer of half a page, which holds the
 * longest frame. To send, a frame takes a descriptor for each piece of adjacent
 * memory, the first of which is given to the device last; its token is kept
 * beside the last.
 */
#include <linux/errno.h>
#include <uc/dma.h>
#include <uc/log.h>
#include <uc/mem.h>
#include <uc/mmio.h>
#include <uc/netbuf.h>
#include <uc/pci.h>
#include <uc/platform.h>

#include "registers.h"

enum {
    MODEL = 0x20001022,
    RECEIVE_LOG = 6,
    TRANSMIT_LOG = 7,
    RECEIVE_SIZE = 1 << RECEIVE_LOG,
    TRANSMIT_SIZE = 1 << TRANSMIT_LOG,
    MTU = 1500,
    MOST_WRITTEN = 1536,
    CHECK_SUM = 4, /* behind a frame that has come */
    START_NS = 100000000,
};

struct buffer {
    struct uc_netbuf b; /* next: of free ones */
    char data[UC_NETBUF_SIZE - sizeof(struct uc_netbuf)];
};
_Static_assert(sizeof(((struct buffer *)0)->data) >= MOST_WRITTEN, "it fits");

static volatile char *registers;
static volatile struct descriptor *receive, *transmit;
static struct buffer *receiving[RECEIVE_SIZE];
static void *sending[TRANSMIT_SIZE]; /* tokens */
/* next: to be taken from the device; end: to be given to it next */
static unsigned receive_next, receive_end, transmit_next, transmit_end;
static bool told; /* the device, of what is in the transmit ring */

/* ---- registers ---- */

static uint32_t control(unsigned n)
{
    put32(registers, INDEX, n);
    return get32(registers, DATA);
}

static void set_control(unsigned n, uint32_t v)
{
    put32(registers, INDEX, n);
    put32(registers, DATA, v);
}

/* ---- buffers ---- */

static struct buffer *take_buffer(void)
{
    return (struct buffer *)uc_netbuf_take();
}

static unsigned lent(void)
{
    return receive_end - receive_next;
}

static uint32_t state(uint32_t size, uint32_t bits)
{
    return uc_le32(bits | STATE_ONES | (-size & STATE_SIZE));
}

static void lend_all(void)
{
    struct buffer *b;

    while (lent() < RECEIVE_SIZE && (b = take_buffer())) {
        unsigned i = receive_end++ % RECEIVE_SIZE;
        receiving[i] = b;
        receive[i].address = uc_le32((uint32_t)uc_plat_dma(b->data));
        receive[i].size = 0;
        __atomic_thread_fence(__ATOMIC_RELEASE);
        receive[i].state = state(MOST_WRITTEN, STATE_DEVICE);
    }
}

/* ---- start ---- */

static unsigned find(void)
{
    struct uc_pci_walk w = {0};
    unsigned device;

    while ((device = uc_pci_next(&w)) != UC_PCI_END)
        if (uc_pci_read(device, UC_PCI_ID) == MODEL)
            break;
    return device;
}

/* Reset, it has registers of 16 bits, until one is written with 32. */
static void reset(uint8_t mac[6])
{
    get32(registers, RESET);
    get16(registers, RESET_16_BITS);
    put32(registers, DATA, 0);
    set_control(CONTROL, CONTROL_STOP);
    put32(registers, INDEX, BUS_STYLE);
    put32(registers, BUS_DATA, STYLE_32_BITS);
    for (unsigned i = 0; i < 6; i++)
        mac[i] = get8(registers, i);
}

/* The block lies behind the rings, each of them a page or less. */
static bool make_rings(struct block *b)
{
    char *page = uc_pages_alloc(3, true);

    _Static_assert(sizeof *receive * RECEIVE_SIZE <= UC_PAGE, "in one page");
    _Static_assert(sizeof *transmit * TRANSMIT_SIZE <= UC_PAGE, "in one page");
    if (!page)
        return false;
    receive = (struct descriptor *)page;
    transmit = (struct descriptor *)(page + UC_PAGE);
    b->receive_log = RECEIVE_LOG << 4;
    b->transmit_log = TRANSMIT_LOG << 4;
    b->receive = uc_le32((uint32_t)uc_plat_dma(page));
    b->transmit = uc_le32((uint32_t)uc_plat_dma(page + UC_PAGE));
    *(volatile struct block *)(page + 2 * UC_PAGE) = *b;
    uint32_t address = (uint32_t)uc_plat_dma(page + 2 * UC_PAGE);
    set_control(BLOCK_LOW, address & 0xffff);
    set_control(BLOCK_HIGH, address >> 16);
    return true;
}

static bool turn_on(void)
{
    uint64_t start = uc_plat_clock_ns();

    uc_netbuf_limit(2 * RECEIVE_SIZE);
    set_control(FEATURES, FEATURES_PAD | FEATURES_MASK);
    lend_all();
    set_control(CONTROL, CONTROL_INIT);
    while (!(control(CONTROL) & CONTROL_READY))
        if (uc_plat_clock_ns() - start > START_NS)
            return false;
    set_control(CONTROL, CONTROL_READY | CONTROL_START | CONTROL_INTERRUPTS);
    return true;
}

long uc_netdev_start(struct uc_netdev *d)
{
    struct block b = {0};
    unsigned device = find();

    if (device == UC_PCI_END) {
        uc_log("pcnet: there is no network card that it knows", -1);
        return -ENODEV;
    }
    uc_pci_start(device);
    registers = uc_pci_window(device, 1, 0, REGISTERS_SIZE);
    if (!registers)
        return -ENODEV;
    reset(d->mac);
    for (unsigned i = 0; i < 6; i++)
        b.mac[i] = d->mac[i];
    for (unsigned i = 0; i < 8; i++)
        b.multicast[i] = 0xff; /* all; the stack drops what is not asked for */
    if (!make_rings(&b))
        return -ENOMEM;
    if (!turn_on()) {
        uc_log("pcnet: the card does not start", -1);
        return -EIO;
    }
    d->mtu = MTU;
    d->sums = false;
    return lent() ? 0 : -ENOMEM;
}

bool uc_netdev_all(void)
{
    return false; /* it would have to be set up anew */
}

bool uc_netdev_up(void)
{
    put32(registers, INDEX, BUS_LINK);
    return get32(registers, BUS_DATA) & BUS_LINK_UP;
}

/* ---- sending ---- */

static void take_sent(void)
{
    unsigned last = transmit_next;

    while (last != transmit_end) {
        unsigned i = last++ % TRANSMIT_SIZE;
        if (uc_le32(transmit[i].state) & STATE_DEVICE)
            break;
        if (!sending[i])
            continue;
        transmit_next = last;
        uc_net_sent(sending[i]);
    }
}

/* Puts one part at *at, which moves on; false: no room. */
static bool put_part(unsigned *at, const struct uc_netdev_part *part)
{
    const char *p = part->p;
    uint32_t n = (uint32_t)part->n;

    while (n) {
        unsigned i = *at % TRANSMIT_SIZE;
        if (*at - transmit_next == TRANSMIT_SIZE)
            return false;
        struct uc_dma_piece piece = uc_dma_next(&p, &n);
        transmit[i].address = uc_le32((uint32_t)piece.address);
        transmit[i].size = 0;
        transmit[i].state =
            state(piece.length, *at == transmit_end ? STATE_FIRST : 0);
        sending[i] = NULL;
        ++*at;
    }
    return true;
}

long uc_netdev_send(const struct uc_netdev_frame *f)
{
    unsigned at = transmit_end, last;

    if (TRANSMIT_SIZE - (at - transmit_next) < 2 * UC_NETDEV_PARTS)
        take_sent();
    for (size_t i = 0; i < f->count; i++)
        if (!put_part(&at, &f->parts[i]))
            return -ENOBUFS;
    if (at == transmit_end)
        return -EINVAL;
    last = (at - 1) % TRANSMIT_SIZE;
    transmit[last].state |= uc_le32(STATE_LAST);
    sending[last] = f->token;
    for (unsigned i = at; i-- != transmit_end;) { /* the first is the last */
        __atomic_thread_fence(__ATOMIC_RELEASE);
        transmit[i % TRANSMIT_SIZE].state |= uc_le32(STATE_DEVICE);
    }
    transmit_end = at;
    told = false;
    return 0;
}

void uc_netdev_flush(void)
{
    if (told || transmit_next == transmit_end)
        return;
    told = true;
    set_control(CONTROL, CONTROL_SEND | CONTROL_INTERRUPTS);
}

bool uc_netdev_busy(void)
{
    take_sent();
    return transmit_next != transmit_end;
}

/* ---- receiving ---- */

/* A frame that did not fit, or has errors, is dropped. */
static void pass_on(struct buffer *b, uint32_t what, uint32_t size)
{
    uint32_t whole = STATE_FIRST | STATE_LAST;

    size &= SIZE_BITS;
    if ((what & whole) != whole || what & STATE_ERROR || size <= CHECK_SUM ||
        size > MOST_WRITTEN) {
        uc_netdev_give_back(&b->b);
        return;
    }
    b->b.next = NULL;
    b->b.scarce = lent() < RECEIVE_SIZE / 2 && uc_netbuf_all_made();
    b->b.data = b->data;
    b->b.size = size - CHECK_SUM;
    b->b.checked = false;
    uc_net_received(&b->b);
}

/* Until nothing is noted: then the line has fallen, and can rise again. */
static void take_noted(void)
{
    uint32_t noted;

    while ((noted = control(CONTROL) & CONTROL_NOTED))
        set_control(CONTROL, noted | CONTROL_INTERRUPTS);
}

void uc_netdev_poll(void)
{
    take_noted();
    take_sent();
    while (lent()) {
        unsigned i = receive_next % RECEIVE_SIZE;
        uint32_t what = uc_le32(receive[i].state);
        if (what & STATE_DEVICE)
            break;
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        uint32_t size = uc_le32(receive[i].size);
        struct buffer *b = receiving[i];
        receive_next++;
        pass_on(b, what, size);
    }
    lend_all();
}
