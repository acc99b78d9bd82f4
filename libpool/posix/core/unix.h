/* SPDX-License-Identifier: BSD-2-Clause */
/* unix.h: what unix.c, unix_message.c and unix_rights.c share. */
#ifndef UC_POSIX_UNIX_H
#define UC_POSIX_UNIX_H

#include <linux/poll.h>
#include <linux/un.h>
#include <uc/mem.h>
#include <uc/socket.h>

#include "core.h"
#include "pieces.h"

enum {
    UNIX_WRITABLE = POLLOUT | POLLWRNORM | POLLWRBAND,
    UNIX_HEAD = sizeof(unsigned short), /* of an address without a name */
    UNIX_DATAGRAMS = 512,               /* not read yet, of one socket */
};

/* An address with its NUL; length 2: none. */
struct unix_name {
    struct sockaddr_un a;
    char nul;
    unsigned length;
};

struct credentials { /* the kernel's struct ucred */
    int pid;
    unsigned uid, gid;
};

enum unix_state {
    UNIX_CLOSED,
    UNIX_LISTENING,
    UNIX_CONNECTED
};

/*
 * References: its file, those whose peer it is, and the listener whose accept
 * it waits for. A socket whose file is closed stays for its name.
 */
struct unix_socket {
    struct socket base;
    unsigned refs;
    enum unix_state state;
    bool closed;
    bool shut[2]; /* SHUT_RD, SHUT_WR */
    struct unix_socket *peer;
    struct uc_queue queue;
    struct pieces in;
    unsigned in_count;         /* pieces of `in`: datagrams */
    unsigned backlog, waiting; /* of a listener */
    struct unix_socket *accepting, *next_accepting; /* its queue, a link */
    struct unix_socket *next, **link;               /* of all */
    struct unix_socket *next_bound, **bound_link;   /* of those with a name */
    bool in_files;                                  /* its name is one, of: */
    uint64_t device, inode;
    struct unix_name name;
    struct credentials peer_is;
};

extern const struct socket_ops uc_unix_ops;

struct unix_socket *uc_unix_of(struct file *f);
void uc_unix_hold(struct unix_socket *u);
void uc_unix_drop(struct unix_socket *u);
/*
 * A datagram socket's peer becomes another, or nobody. As in Linux what has not
 * been read is lost, and the old peer is told if u was its peer.
 */
void uc_unix_turn(struct unix_socket *u, struct unix_socket *peer);
bool uc_unix_is_stream(const struct unix_socket *u);
/* What was sent and is not read yet leaves room for more, as poll says. */
bool uc_unix_writable(const struct unix_socket *u);
/* Its datagrams are as many as it may have from others. */
bool uc_unix_full(const struct unix_socket *u);
/* Wakes all whose datagrams found u full. */
void uc_unix_wake_senders(const struct unix_socket *u);
struct credentials uc_unix_self(void);

long uc_unix_send(struct file *f, struct message *m, int flags);
long uc_unix_receive(struct file *f, struct message *m, int flags);
void uc_unix_clear(struct unix_socket *u); /* what was not read */

/* ---- unix_name.c: names ---- */

/* The socket of that name and type: its errors are those of connect. */
long uc_unix_find(const struct sockaddr *a, unsigned n, int type,
                  struct unix_socket **found);
long uc_unix_bind(struct file *f, const struct sockaddr *a, unsigned n);
long uc_unix_name(struct file *f, int peer, struct sockaddr *a);
void uc_unix_unbind(struct unix_socket *u); /* or does nothing */

/* ---- unix_rights.c: what goes with a piece ---- */

struct unix_with {
    struct unix_name *name; /* of the sender of a datagram; NULL: none */
    struct credentials from;
    unsigned count;
    struct file *files[];
};

/* The control messages of m, and a copy of a name; NULL for neither. */
long uc_unix_with(const struct message *m, const struct unix_name *name,
                  struct unix_with **result);
void uc_unix_with_free(struct unix_with *w);
/* Control messages for m, with new descriptors for the files. */
void uc_unix_control(struct message *m, struct unix_with *w, bool credentials,
                     int flags);

#endif
