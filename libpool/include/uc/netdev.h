/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netdev.h: an Ethernet device, between role netdev, which drives it, and role
 * net, which has the stack.
 *
 * Frames come in buffers of the driver, lent until they are given back, with
 * room in front of the frame that belongs to the stack. Frames go out from
 * memory of the stack, lent until uc_net_sent says that they are gone. All
 * calls are made from within the pool; none blocks.
 */
#ifndef UC_NETDEV_H
#define UC_NETDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UC_NETDEV_HEAD =
        16, /* bytes before a frame to send that are the driver's */
    UC_NETDEV_PARTS = 20 /* most parts of a frame to send */
};

struct uc_netdev {
    uint8_t mac[6];
    unsigned mtu;
    bool sums; /* it can fill in checksums of what is sent */
    bool cuts; /* and cut TCP that is longer than the MTU */
};

/* A frame that has come: with others behind it if it did not fit. */
struct uc_netbuf {
    struct uc_netbuf *next;
    char *data;
    size_t size;
    bool checked;    /* its checksums need no look */
    bool scarce;     /* few are left: to be kept only if it cannot be copied */
    uint64_t own[8]; /* the stack's */
};

struct uc_netdev_part {
    const void *p;
    size_t n;
};

struct uc_netdev_frame {
    const struct uc_netdev_part *parts; /* the first has room before it */
    size_t count;
    /* With `sums`: what to sum begins there, and goes that far behind; or 0. */
    uint16_t sum_from, sum_at;
    /*
     * With `cuts`: TCP, `head` bytes of headers, to be sent with so many bytes
     * of data at a time; or 0.
     */
    uint16_t cut_at, head;
    bool v6;
    void *token;
};

/* ---- the driver ---- */

long uc_netdev_start(struct uc_netdev *d); /* 0; -ENODEV: there is none */
/* 0, and uc_net_sent(token) comes later; -ENOBUFS: full, see uc_net_sent. */
long uc_netdev_send(const struct uc_netdev_frame *frame);
/* After one or more of them: makes the device look. */
void uc_netdev_flush(void);
/* Hands what has come to uc_net_received and what is gone to uc_net_sent. */
void uc_netdev_poll(void);
bool uc_netdev_all(void);  /* from now on those for others, too; or it cannot */
bool uc_netdev_up(void);   /* there is a link */
bool uc_netdev_busy(void); /* not all that it was given is gone */
void uc_netdev_give_back(struct uc_netbuf *b);

/* ---- the stack ---- */

void uc_net_received(struct uc_netbuf *b);
void uc_net_sent(void *token);

#endif
