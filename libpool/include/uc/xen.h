/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen.h: what front ends need of Xen: pages that another domain may use, events
 * to and from it, and xenstore, by which both find each other. A front end:
 *
 *     uc_xen_find(&d, "vbd");          // the back end waits for it
 *     ref = uc_xen_grant(d.domain, page, false);
 *     port = uc_xen_channel(d.domain);
 *     uc_xen_put(&d, "ring-ref", ref); ...
 *     uc_xen_connect(&d, ready);       // 0: both are connected
 *
 * Its poll step calls uc_xen_poll(&d), then looks at its rings. What another
 * domain writes may be anything: it is read once and checked. A device whose
 * back end breaks the rules, or goes away, is off, with a line on the log.
 *
 * Only uc_xen_find, uc_xen_connect and calls of xenstore wait, and these with
 * the machine halted. Errors are -errno.
 *
 * A domain can be saved if all of its devices can rest. Where it goes on, each
 * starts anew with the back end that is there, with empty rings, in pages that
 * are granted as before.
 */
#ifndef UC_XEN_H
#define UC_XEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- pages ---- */

/* Lets a domain use the page: a reference, for good; -ENOSPC. */
int uc_xen_grant(unsigned domain, const void *page, bool read_only);

/*
 * The same from the other side. n pages that a domain has granted, side by
 * side; NULL: it has not, or there is no room. PV guests only.
 */
void *uc_xen_map(unsigned domain, const uint32_t *refs, unsigned n, bool write);
void uc_xen_unmap(void *p, unsigned n);

/* Bytes to or from a page that a domain has granted, copied by Xen. */
struct uc_xen_copy {
    void *here;
    uint32_t ref;
    uint16_t domain, offset, size;
    bool out; /* from here to there */
    bool failed;
};
void uc_xen_copy(struct uc_xen_copy *list, unsigned n);

/* ---- events ---- */

/* A channel that the domain may bind to; waits end when something comes. */
int uc_xen_channel(unsigned domain);
/* Binds to a channel of the domain's: our port; -ENOSPC: none is listened to
 * any more. */
int uc_xen_bind(unsigned domain, unsigned port);
void uc_xen_close(unsigned port);
void uc_xen_notify(unsigned port);
/* Has something come on a channel of ours since the last time? */
bool uc_xen_came(unsigned port);

/*
 * The interrupt that Xen has under that number, of a device that it has passed
 * on to us, comes on a channel: its port, or -errno. `line`: it stays until the
 * device is content, and may be that of others, too.
 */
int uc_xen_interrupt(unsigned number, bool line);
/* The next one comes only after ..._end, which follows all of what it asks. */
bool uc_xen_interrupt_waits(unsigned number);
void uc_xen_interrupt_end(unsigned number);

/* ---- xenstore ---- */

/* The value of a node, ended by NUL: its length; -ENOENT, -E2BIG, -EIO. */
long uc_xenstore_read(const char *path, char *to, size_t n);
/* The name of the first node below one. */
long uc_xenstore_first(const char *path, char *to, size_t n);
long uc_xenstore_write(const char *path, const char *value);
/* From now on tells of changes at or below path: a number for those. */
int uc_xenstore_watch(const char *path);
/* Has something changed since the last time? True the first time. */
bool uc_xenstore_changed(int watch);

/*
 * For who speaks to xenstore himself: a message as xen/io/xs_wire.h has it, of
 * two pieces; the answer's bytes, of which n are kept, or -errno, and the word
 * for it in uc_xenstore_error. News of watches whose tokens begin with `u`
 * are for uc_xenstore_news: the path and the rest of the token, or NULL: of
 * any. It is called from within calls, and from uc_xenstore_look.
 */
long uc_xenstore_ask(unsigned type, const char *a, size_t a_size, const char *b,
                     size_t b_size, char *to, size_t n);
extern char uc_xenstore_error[12];
extern void (*uc_xenstore_news)(const char *path, const char *token);
void uc_xenstore_look(void); /* takes the news that have come */

/* ---- devices ---- */

struct uc_xen_device {
    char path[64], back[128]; /* in xenstore: ours, the back end's */
    unsigned domain;          /* the back end's */
    int watch;                /* of its state */
    bool off;
    bool (*rest)(void);         /* no request is under way; false: one is */
    int (*again)(void);         /* starts anew; NULL, as rest: it cannot */
    struct uc_xen_device *next; /* that has been connected */
};

/* The first device of a kind; -ENODEV: there is none. */
int uc_xen_find(struct uc_xen_device *d, const char *kind);
/* What the back end says, or the other number if it does not. */
uint64_t uc_xen_number(const struct uc_xen_device *d, const char *key,
                       uint64_t otherwise);
long uc_xen_put(const struct uc_xen_device *d, const char *key, uint64_t n);
long uc_xen_put_text(const struct uc_xen_device *d, const char *key,
                     const char *value);
/*
 * Tells the back end that all is there for it, and waits until it is connected;
 * with `at_once` this side is, before it.
 */
int uc_xen_connect(struct uc_xen_device *d, bool at_once);
/* Looks whether the back end is still there. */
void uc_xen_poll(struct uc_xen_device *d);
/* Gives the device up, and logs why. */
void uc_xen_fail(struct uc_xen_device *d, const char *why);

/* ---- a ring shared with a back end: indices are counts (xen/io/ring.h) ----
 */

/* Shows it our requests up to `sent`; true: it is to be notified. */
static inline bool uc_xen_show(uint32_t *produced, uint32_t *event,
                               uint32_t sent)
{
    uint32_t old = *produced;

    if (old == sent)
        return false;
    __atomic_store_n(produced, sent, __ATOMIC_RELEASE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    uint32_t wanted = __atomic_load_n(event, __ATOMIC_RELAXED);
    return sent - wanted < sent - old;
}

/*
 * How far its answers go, of which `taken` are taken; if there are no others,
 * the next one is to end a halt. What it says is to be checked.
 */
static inline uint32_t uc_xen_answered(uint32_t *produced, uint32_t *event,
                                       uint32_t taken)
{
    uint32_t end = __atomic_load_n(produced, __ATOMIC_ACQUIRE);

    if (end == taken) {
        __atomic_store_n(event, taken + 1, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        end = __atomic_load_n(produced, __ATOMIC_ACQUIRE);
    }
    return end;
}

#endif
