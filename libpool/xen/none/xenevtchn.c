/* SPDX-License-Identifier: BSD-2-Clause */
/* xenevtchn.c: there are no channels. */
#include <errno.h>
#include <stddef.h>
#include <xenevtchn.h>

static int none(void)
{
    errno = ENOENT;
    return -1;
}

xenevtchn_handle *xenevtchn_open(struct xentoollog_logger *logger,
                                 unsigned flags)
{
    (void)logger, (void)flags;
    none();
    return NULL;
}

int xenevtchn_close(xenevtchn_handle *h)
{
    (void)h;
    return 0;
}

int xenevtchn_fd(xenevtchn_handle *h)
{
    (void)h;
    return none();
}

int xenevtchn_notify(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    return none();
}

xenevtchn_port_or_error_t xenevtchn_bind_unbound_port(xenevtchn_handle *h,
                                                      uint32_t domain)
{
    (void)h, (void)domain;
    return none();
}

xenevtchn_port_or_error_t xenevtchn_bind_interdomain(xenevtchn_handle *h,
                                                     uint32_t domain,
                                                     evtchn_port_t port)
{
    (void)h, (void)domain, (void)port;
    return none();
}

int xenevtchn_unbind(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    return none();
}

xenevtchn_port_or_error_t xenevtchn_pending(xenevtchn_handle *h)
{
    (void)h;
    return none();
}

int xenevtchn_unmask(xenevtchn_handle *h, evtchn_port_t port)
{
    (void)h, (void)port;
    return none();
}
