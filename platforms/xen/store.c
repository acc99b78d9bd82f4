/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store.c: xenstore, a tree of texts that all domains share: messages through
 * two rings (xen/io/xs_wire.h). One question is asked at a time and waited for;
 * between question and answer, and at any time, there may be news of what is
 * watched. An answer that breaks the rules, or does not come in time, ends it:
 * from then on all calls fail.
 */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/string.h>
#include <uc/xen.h>

#include "xen.h"

enum {
    WATCHES = 8,
    PATIENCE = 300, /* waits of WAIT_NS for an answer, and that time */
    WAIT_NS = 100000000,
    RING = XENSTORE_RING_SIZE,
};

static struct {
    struct xenstore_domain_interface *ring;
    evtchn_port_t port;
    uint32_t sent, taken; /* ours: of requests and answers */
    uint32_t id;
    bool started, broken;
} store;

static int watches;
static bool changed[WATCHES];
char uc_xenstore_error[12];
void (*uc_xenstore_news)(const char *path, const char *token);

static void look(void)
{
    store.sent = store.ring->req_prod;
    store.taken = store.ring->rsp_cons;
    uc_xen_listen(store.port);
}

static bool start(void)
{
    if (!store.started) {
        store.started = true;
        store.ring = uc_xen_store(&store.port);
        if (store.ring)
            look();
    }
    return store.ring && !store.broken;
}

static long give_up(void)
{
    if (!store.broken)
        uc_log("xen: xenstore does not answer as it should", -1);
    store.broken = true;
    return -EIO;
}

/* ---- the rings ---- */

/* Bytes in a ring, by the other side's word: more than there can be is none. */
static uint32_t used(uint32_t head, uint32_t tail)
{
    return head - tail <= RING ? head - tail : 0;
}

static uint32_t room(void)
{
    return RING - used(store.sent, __atomic_load_n(&store.ring->req_cons,
                                                   __ATOMIC_ACQUIRE));
}

static uint32_t come(void)
{
    return used(__atomic_load_n(&store.ring->rsp_prod, __ATOMIC_ACQUIRE),
                store.taken);
}

/*
 * Waits until a ring has something, or room; false: not in time. Waits may end
 * early, and time may jump, so both have to be over.
 */
static bool wait_for(uint32_t (*what)(void))
{
    uint64_t start = uc_plat_clock_ns();

    for (int i = 0; !what(); i++) {
        if (i >= PATIENCE &&
            uc_plat_clock_ns() - start > (uint64_t)PATIENCE * WAIT_NS)
            return false;
        uc_plat_wait(WAIT_NS);
    }
    return true;
}

static bool put(const void *p, size_t n)
{
    const char *s = p;

    while (n) {
        if (!wait_for(room))
            return false;
        for (uint32_t most = room(); n && most; n--, most--)
            store.ring->req[MASK_XENSTORE_IDX(store.sent++)] = *s++;
        __atomic_store_n(&store.ring->req_prod, store.sent, __ATOMIC_RELEASE);
        xen_notify(store.port);
    }
    return true;
}

/* Takes n bytes, of which `to` gets what it has room for. */
static bool get(void *to, size_t size, size_t n)
{
    char *s = to;

    while (n) {
        if (!wait_for(come))
            return false;
        for (uint32_t most = come(); n && most; n--, most--) {
            char c = store.ring->rsp[MASK_XENSTORE_IDX(store.taken++)];
            if (size) {
                *s++ = c;
                size--;
            }
        }
        __atomic_store_n(&store.ring->rsp_cons, store.taken, __ATOMIC_RELEASE);
        xen_notify(store.port);
    }
    return true;
}

/* ---- messages ---- */

/*
 * News: a path and the token of its watch, a letter, or `u` and somebody's own;
 * each ended by NUL. Of those that are too long to tell whose they are, all
 * are told.
 */
static bool take_news(uint32_t n)
{
    char text[256];
    size_t most = n < sizeof text ? n : sizeof text, i = 0;

    memset(text, 0, sizeof text);
    if (!get(text, most, n))
        return false;
    while (i + 1 < most && text[i])
        i++;
    unsigned watch = (unsigned)text[i + 1] - 'a';
    if (uc_xenstore_news && n >= sizeof text)
        uc_xenstore_news(NULL, NULL);
    else if (uc_xenstore_news && watch == 'u' - 'a')
        uc_xenstore_news(text, text + i + 2);
    if (watch < WATCHES)
        changed[watch] = true;
    return true;
}

/* The next message that is no news; false: it is broken. */
static bool take_head(struct xsd_sockmsg *head)
{
    for (;;) {
        if (!get(head, sizeof *head, sizeof *head) ||
            head->len > XENSTORE_PAYLOAD_MAX)
            return false;
        if (head->type != XS_WATCH_EVENT)
            return true;
        if (!take_news(head->len))
            return false;
    }
}

static long error_of(const char *name)
{
    return !memcmp(name, "ENOENT", 6) ? -ENOENT : -EIO;
}

/* Asks: the texts, each with its NUL if so; the answer's bytes that fit. */
static long ask(enum xsd_sockmsg_type type, const char *a, size_t a_size,
                const char *b, size_t b_size, char *to, size_t n)
{
    struct xsd_sockmsg head = {type, ++store.id, 0,
                               (uint32_t)(a_size + b_size)};
    char *error = uc_xenstore_error;

    if (!start())
        return -ENODEV;
    if (head.len > XENSTORE_PAYLOAD_MAX)
        return -E2BIG;
    if (!put(&head, sizeof head) || !put(a, a_size) || !put(b, b_size))
        return give_up();
    if (!take_head(&head) || head.req_id != store.id)
        return give_up();
    if (head.type == XS_ERROR)
        return get(error, sizeof uc_xenstore_error - 1, head.len)
                   ? error_of(error)
                   : give_up();
    if (head.type != type || !get(to, n, head.len))
        return give_up();
    return head.len;
}

static long ask_text(enum xsd_sockmsg_type type, const char *path, char *to,
                     size_t n)
{
    long got = ask(type, path, strlen(path) + 1, NULL, 0, to, n - 1);

    if (got >= (long)n)
        return -E2BIG;
    to[got < 0 ? 0 : got] = 0;
    return got;
}

long uc_xenstore_read(const char *path, char *to, size_t n)
{
    return ask_text(XS_READ, path, to, n);
}

long uc_xenstore_first(const char *path, char *to, size_t n)
{
    long got = ask(XS_DIRECTORY, path, strlen(path) + 1, NULL, 0, to, n - 1);

    to[got < 0 ? 0 : (size_t)got < n ? (size_t)got : n - 1] = 0;
    if (got <= 0)
        return got ? got : -ENOENT;
    return strlen(to) < n - 1 ? (long)strlen(to) : -E2BIG;
}

long uc_xenstore_write(const char *path, const char *value)
{
    char ok[4];
    long got = ask(XS_WRITE, path, strlen(path) + 1, value, strlen(value), ok,
                   sizeof ok);

    return got < 0 ? got : 0;
}

int uc_xenstore_watch(const char *path)
{
    char token[2] = {(char)('a' + watches), 0}, ok[4];

    if (watches == WATCHES)
        return -ENOSPC;
    long got = ask(XS_WATCH, path, strlen(path) + 1, token, sizeof token, ok,
                   sizeof ok);
    if (got < 0)
        return (int)got;
    changed[watches] = true;
    return watches++;
}

long uc_xenstore_ask(unsigned type, const char *a, size_t a_size, const char *b,
                     size_t b_size, char *to, size_t n)
{
    return ask((enum xsd_sockmsg_type)type, a, a_size, b, b_size, to, n);
}

void uc_xenstore_look(void)
{
    struct xsd_sockmsg head;

    if (!start())
        return;
    while (!store.broken && come() >= sizeof head)
        if (!get(&head, sizeof head, sizeof head) ||
            head.len > XENSTORE_PAYLOAD_MAX || head.type != XS_WATCH_EVENT ||
            !take_news(head.len))
            give_up();
}

bool uc_xenstore_changed(int watch)
{
    if (watch < 0 || watch >= watches)
        return false;
    uc_xenstore_look();
    bool is = changed[watch];
    changed[watch] = false;
    return is;
}

/* Another store, in which nothing is watched. Nothing was asked of this one. */
void uc_xenstore_again(void)
{
    watches = 0;
    if (!store.ring)
        return;
    store.port = uc_xen_store_port();
    look();
}
