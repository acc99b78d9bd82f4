/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * e1000.c: Intel's 8254x (e1000) and 82574L (e1000e), by what both have: one
 * ring each way of descriptors of 16 bytes, no checksums made by the device.
 *
 * A ring is a page or less. One descriptor of it stays empty: head and tail
 * are equal if the device has none. To receive, a descriptor has a buffer of
 * half a page; the device writes no more than 1522 bytes there, as long frames
 * are off. To send, a frame takes a descriptor for each piece of adjacent
 * memory, and its token is kept beside the last.
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
    VENDOR = 0x8086,
    RECEIVE_SIZE = 64, /* descriptors; times 16, a multiple of 128 */
    TRANSMIT_SIZE = 256,
    MTU = 1500,
    MOST_WRITTEN = 1522,
    RESET_NS = 2000000,
    RESET_TRIES = 50,
};

/* 82544GC, 82540EM, 82545EM, 82574L: those that were tried. */
static const uint16_t models[] = {0x100c, 0x100e, 0x100f, 0x10d3};

struct buffer {
    struct uc_netbuf b; /* next: of free ones */
    char data[UC_NETBUF_SIZE - sizeof(struct uc_netbuf)];
};
_Static_assert(sizeof(((struct buffer *)0)->data) >= MOST_WRITTEN, "it fits");

static volatile char *registers;
static volatile struct receive *receive;
static volatile struct transmit *transmit;
static struct buffer *receiving[RECEIVE_SIZE];
static void *sending[TRANSMIT_SIZE]; /* tokens */
/* next: to be taken from the device; end: to be given to it next */
static unsigned receive_next, receive_end, transmit_next, transmit_end;
static unsigned told_end; /* of the transmit ring, to the device */

/* ---- buffers ---- */

static struct buffer *take_buffer(void)
{
    return (struct buffer *)uc_netbuf_take();
}

static unsigned lent(void)
{
    return (receive_end - receive_next) % RECEIVE_SIZE;
}

static void lend_all(void)
{
    struct buffer *b;
    unsigned before = receive_end;

    while (lent() < RECEIVE_SIZE - 1 && (b = take_buffer())) {
        receiving[receive_end] = b;
        receive[receive_end].address = uc_plat_dma(b->data);
        receive[receive_end].status = 0;
        receive_end = (receive_end + 1) % RECEIVE_SIZE;
    }
    if (receive_end == before)
        return;
    __atomic_thread_fence(__ATOMIC_RELEASE);
    put32(registers, RX_TAIL, receive_end);
}

/* ---- start ---- */

static bool is_model(uint32_t id)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (id == ((uint32_t)models[i] << 16 | VENDOR))
            return true;
    return false;
}

static unsigned find(void)
{
    struct uc_pci_walk w = {0};
    unsigned device;

    while ((device = uc_pci_next(&w)) != UC_PCI_END)
        if (is_model(uc_pci_read(device, UC_PCI_ID)))
            break;
    return device;
}

static void pause(uint64_t ns)
{
    uint64_t start = uc_plat_clock_ns();

    while (uc_plat_clock_ns() - start < ns)
        ;
}

/* Registers are not to be looked at for the first millisecond of it. */
static bool reset(void)
{
    put32(registers, MASK_CLEAR, UINT32_MAX);
    put32(registers, RX_CONTROL, 0);
    put32(registers, TX_CONTROL, 0);
    put32(registers, CONTROL, get32(registers, CONTROL) | CONTROL_RESET);
    for (int i = 0; i < RESET_TRIES; i++) {
        pause(RESET_NS);
        if (get32(registers, CONTROL) & CONTROL_RESET)
            continue;
        put32(registers, MASK_CLEAR, UINT32_MAX);
        get32(registers, CAUSES);
        return true;
    }
    return false;
}

/* Where the ring of `bytes` is, for the registers at `base`. */
static void set_ring(unsigned base, const volatile void *ring, uint32_t bytes)
{
    uint64_t address = uc_plat_dma((const void *)(uintptr_t)ring);

    put32(registers, base, (uint32_t)address);
    put32(registers, base + 4, (uint32_t)(address >> 32));
    put32(registers, base + (RX_LENGTH - RX_BASE), bytes);
    put32(registers, base + (RX_HEAD - RX_BASE), 0);
    put32(registers, base + (RX_TAIL - RX_BASE), 0);
}

static bool make_rings(void)
{
    char *page = uc_pages_alloc(2, true);

    _Static_assert(sizeof *transmit * TRANSMIT_SIZE <= UC_PAGE, "in one page");
    _Static_assert(sizeof *receive * RECEIVE_SIZE <= UC_PAGE, "in one page");
    if (!page)
        return false;
    receive = (struct receive *)page;
    transmit = (struct transmit *)(page + UC_PAGE);
    set_ring(RX_BASE, receive, sizeof *receive * RECEIVE_SIZE);
    set_ring(TX_BASE, transmit, sizeof *transmit * TRANSMIT_SIZE);
    return true;
}

static void turn_on(void)
{
    uc_netbuf_limit(2 * RECEIVE_SIZE);
    for (unsigned i = 0; i < MULTICAST_WORDS; i++)
        put32(registers, MULTICAST + 4 * i, 0);
    put32(registers, RX_SUMS, SUMS_IP | SUMS_TCP_UDP);
    put32(registers, RX_CONTROL,
          RX_ON | RX_MULTICAST | RX_BROADCAST | RX_STRIP_SUM);
    put32(registers, TX_DESC_CONTROL, TX_COUNT_DESCRIPTORS);
    put32(registers, TX_GAP, TX_GAPS);
    put32(registers, TX_CONTROL, TX_ON | TX_PAD | TX_COLLISIONS | TX_DISTANCE);
    lend_all();
    put32(registers, MASK_SET,
          CAUSE_SENT | CAUSE_LINK | CAUSE_FEW | CAUSE_OVERRUN | CAUSE_RECEIVED);
}

static void read_mac(uint8_t mac[6])
{
    uint32_t low = get32(registers, ADDRESS_LOW);
    uint32_t high = get32(registers, ADDRESS_HIGH);

    for (unsigned i = 0; i < 6; i++)
        mac[i] = (uint8_t)(i < 4 ? low >> 8 * i : high >> 8 * (i - 4));
}

long uc_netdev_start(struct uc_netdev *d)
{
    unsigned device = find();

    if (device == UC_PCI_END) {
        uc_log("e1000: there is no network card that it knows", -1);
        return -ENODEV;
    }
    uc_pci_start(device);
    registers = uc_pci_window(device, 0, 0, REGISTERS_SIZE);
    if (!registers)
        return -ENODEV;
    if (!reset()) {
        uc_log("e1000: the card does not come out of reset", -1);
        return -EIO;
    }
    uint32_t control = get32(registers, CONTROL);
    put32(registers, CONTROL,
          (control & ~(uint32_t)CONTROL_LINK_RESET) | CONTROL_LINK_UP |
              CONTROL_DETECT);
    if (!make_rings())
        return -ENOMEM;
    uc_pci_msi(device);
    read_mac(d->mac);
    turn_on();
    d->mtu = MTU;
    d->sums = false;
    return lent() ? 0 : -ENOMEM;
}

bool uc_netdev_all(void)
{
    put32(registers, RX_CONTROL, get32(registers, RX_CONTROL) | RX_ALL);
    return true;
}

bool uc_netdev_up(void)
{
    return get32(registers, STATUS) & STATUS_LINK;
}

/* ---- sending ---- */

static unsigned transmit_free(void)
{
    return TRANSMIT_SIZE - 1 - (transmit_end - transmit_next) % TRANSMIT_SIZE;
}

static void take_sent(void)
{
    unsigned last = transmit_next;

    /* only a frame's last descriptor says that it is done */
    while (last != transmit_end) {
        void *token = sending[last];
        bool done = transmit[last].status & TX_DONE;
        if (token && !done)
            break;
        last = (last + 1) % TRANSMIT_SIZE;
        if (!token)
            continue;
        transmit_next = last;
        uc_net_sent(token);
    }
}

/* Puts one part at *at, which moves on; false: no room. */
static bool put_part(unsigned *at, const struct uc_netdev_part *part)
{
    const char *p = part->p;
    uint32_t n = (uint32_t)part->n;

    while (n) {
        unsigned next = (*at + 1) % TRANSMIT_SIZE;
        if (next == transmit_next)
            return false;
        struct uc_dma_piece piece = uc_dma_next(&p, &n);
        transmit[*at].address = piece.address;
        transmit[*at].length = (uint16_t)piece.length;
        transmit[*at].command = TX_ADD_SUM;
        transmit[*at].status = 0;
        sending[*at] = NULL;
        *at = next;
    }
    return true;
}

long uc_netdev_send(const struct uc_netdev_frame *f)
{
    unsigned at = transmit_end;

    if (transmit_free() < 2 * UC_NETDEV_PARTS)
        take_sent();
    for (size_t i = 0; i < f->count; i++)
        if (!put_part(&at, &f->parts[i]))
            return -ENOBUFS;
    if (at == transmit_end)
        return -EINVAL;
    unsigned last = (at + TRANSMIT_SIZE - 1) % TRANSMIT_SIZE;
    transmit[last].command = TX_ADD_SUM | TX_LAST | TX_REPORT;
    sending[last] = f->token;
    transmit_end = at;
    return 0;
}

void uc_netdev_flush(void)
{
    if (told_end == transmit_end)
        return;
    told_end = transmit_end;
    __atomic_thread_fence(__ATOMIC_RELEASE);
    put32(registers, TX_TAIL, transmit_end);
}

bool uc_netdev_busy(void)
{
    take_sent();
    return transmit_next != transmit_end;
}

/* ---- receiving ---- */

/* A frame that did not fit, or has errors, is dropped, with all its parts. */
static void pass_on(struct buffer *b, uint16_t n, uint8_t status,
                    uint8_t errors)
{
    static bool dropping;
    bool bad = dropping || !(status & RX_LAST) || errors & RX_BAD_FRAME || !n ||
               n > MOST_WRITTEN;

    dropping = !(status & RX_LAST);
    if (bad) {
        uc_netdev_give_back(&b->b);
        return;
    }
    b->b.next = NULL;
    b->b.scarce = lent() < RECEIVE_SIZE / 2 && uc_netbuf_all_made();
    b->b.data = b->data;
    b->b.size = n;
    b->b.checked = !(status & RX_NO_SUM) && status & RX_SUM_IP &&
                   status & RX_SUM_TCP && !(errors & RX_BAD_SUM);
    uc_net_received(&b->b);
}

void uc_netdev_poll(void)
{
    get32(registers, CAUSES); /* the line falls */
    take_sent();
    while (receive_next != receive_end &&
           receive[receive_next].status & RX_DONE) {
        volatile struct receive *r = &receive[receive_next];
        struct buffer *b = receiving[receive_next];
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        receive_next = (receive_next + 1) % RECEIVE_SIZE;
        pass_on(b, r->length, r->status, r->errors);
    }
    lend_all();
}
