/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * event.c: libxenevtchn (xenevtchn.h). A handle is a descriptor, which can be
 * read when something has come. What comes on a channel is noted once, until
 * it is asked for; to unmask means nothing, as a channel never is masked.
 */
#include <errno.h>
#include <linux/poll.h>
#include <uc/mem.h>
#include <uc/sched.h>
#include <uc/xen.h>
#include <xenevtchn.h>

#include "core.h"

uint64_t uc_evtchn_poll(void);

enum {
    MOST = 32
};

struct xenevtchn_handle {
    struct xenevtchn_handle *next;
    struct file *file;
    struct uc_queue queue;
    int fd;
    unsigned count;
    struct {
        unsigned port;
        bool came;
    } channels[MOST];
};

static struct xenevtchn_handle *handles;

/* 0, or -1 and errno. */
static int result_of(long error)
{
    uc_leave();
    if (error < 0)
        errno = (int)-error;
    return error < 0 ? -1 : (int)error;
}

/* ---- events ---- */

static bool look(struct xenevtchn_handle *h)
{
    bool any = false;

    for (unsigned i = 0; i < h->count; i++) {
        if (uc_xen_came(h->channels[i].port))
            h->channels[i].came = true;
        any |= h->channels[i].came;
    }
    return any;
}

uint64_t uc_evtchn_poll(void)
{
    for (struct xenevtchn_handle *h = handles; h; h = h->next)
        if (look(h))
            uc_queue_wake_for(&h->queue, POLLIN);
    return UINT64_MAX;
}

/* The next port on which something has come; 0: none. */
static unsigned take(struct xenevtchn_handle *h)
{
    static unsigned turn;

    look(h);
    for (unsigned i = 0; i < h->count; i++) {
        unsigned k = turn++ % h->count;
        if (h->channels[k].came) {
            h->channels[k].came = false;
            return h->channels[k].port;
        }
    }
    return 0;
}

static long wait_for(struct xenevtchn_handle *h)
{
    unsigned port;

    while (!(port = take(h))) {
        if (h->file->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&h->queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    return port;
}

/* ---- the descriptor ---- */

static long event_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)pos;
    if (n < sizeof(uint32_t))
        return -EINVAL;
    long port = wait_for(f->node);
    if (port < 0)
        return port;
    uint32_t value = (uint32_t)port;
    memcpy(p, &value, sizeof value);
    return sizeof value;
}

static long event_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)pos;
    return (long)n;
}

static unsigned event_poll(struct file *f)
{
    return (look(f->node) ? POLLIN | POLLRDNORM : 0) | POLLOUT | POLLWRNORM;
}

static struct uc_queue *event_queue(struct file *f)
{
    return &((struct xenevtchn_handle *)f->node)->queue;
}

static void event_release(struct file *f)
{
    struct xenevtchn_handle *h = f->node, **at = &handles;

    while (*at != h)
        at = &(*at)->next;
    *at = h->next;
    for (unsigned i = 0; i < h->count; i++)
        uc_xen_close(h->channels[i].port);
    uc_kfree(h, sizeof *h);
}

static const struct file_ops ops = {
    .read = event_read,
    .write = event_write,
    .stat = uc_anonymous_stat,
    .poll = event_poll,
    .queue = event_queue,
    .release = event_release,
};

/* ---- the library ---- */

xenevtchn_handle *xenevtchn_open(struct xentoollog_logger *logger,
                                 unsigned flags)
{
    (void)logger, (void)flags;
    uc_enter();
    struct xenevtchn_handle *h = uc_kalloc(sizeof *h);
    struct file *f = uc_file_new(&ops, O_RDWR);
    if (!h || !f) {
        uc_kfree(h, sizeof *h);
        uc_file_free(f);
        result_of(-ENOMEM);
        return NULL;
    }
    h->file = f;
    h->next = handles;
    handles = h;
    f->node = h;
    h->fd = (int)uc_fd_install(f, true);
    return result_of(h->fd) < 0 ? NULL : h;
}

int xenevtchn_close(xenevtchn_handle *h)
{
    if (!h)
        return 0;
    uc_enter();
    return result_of(uc_sys_close(h->fd));
}

int xenevtchn_fd(xenevtchn_handle *h)
{
    return h->fd;
}

int xenevtchn_notify(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h;
    uc_enter();
    uc_xen_notify(port);
    return result_of(0);
}

static int add(xenevtchn_handle *h, int port)
{
    if (port < 0)
        return result_of(port);
    h->channels[h->count].port = (unsigned)port;
    h->channels[h->count++].came = false;
    return result_of(port);
}

xenevtchn_port_or_error_t xenevtchn_bind_unbound_port(xenevtchn_handle *h,
                                                      uint32_t domain)
{
    uc_enter();
    return add(h, h->count == MOST ? -ENOSPC : uc_xen_channel(domain));
}

xenevtchn_port_or_error_t xenevtchn_bind_interdomain(xenevtchn_handle *h,
                                                     uint32_t domain,
                                                     evtchn_port_t port)
{
    uc_enter();
    return add(h, h->count == MOST ? -ENOSPC : uc_xen_bind(domain, port));
}

int xenevtchn_unbind(xenevtchn_handle *h, evtchn_port_t port)
{
    uc_enter();
    for (unsigned i = 0; i < h->count; i++)
        if (h->channels[i].port == port) {
            uc_xen_close(port);
            h->channels[i] = h->channels[--h->count];
            return result_of(0);
        }
    return result_of(-EINVAL);
}

xenevtchn_port_or_error_t xenevtchn_pending(xenevtchn_handle *h)
{
    uc_enter();
    h->file->refs++;
    long port = wait_for(h);
    uc_file_drop(h->file);
    return result_of(port);
}

int xenevtchn_unmask(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    return 0;
}
