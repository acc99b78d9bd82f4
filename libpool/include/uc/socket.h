/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h: sockets, between posix/core socket.c, which has the system calls,
 * and the families: unix.c and the role net.
 *
 * Rules for all operations: those of uc/file.h. An absent slot: -EOPNOTSUPP.
 * Addresses are aligned copies, checked for their length only. Who has to
 * wait does so with uc_socket_wait, which knows of O_NONBLOCK, MSG_DONTWAIT
 * and time limits. The caller holds f for the time of the call; what a wait
 * lets happen is what other descriptors, threads and signal handlers do.
 */
#ifndef UC_SOCKET_H
#define UC_SOCKET_H

#include <linux/socket.h>
#include <linux/uio.h>
#include <stdbool.h>
#include <uc/file.h>
#include <uc/sched.h>

/* What the kernel's headers keep for themselves. */
enum {
    AF_UNSPEC = 0,
    AF_UNIX = 1,
    AF_INET = 2,
    AF_INET6 = 10,
    AF_NETLINK = 16,
    AF_PACKET = 17,

#if defined(__mips__)
    SOCK_DGRAM = 1,
    SOCK_STREAM = 2,
#else
    SOCK_STREAM = 1,
    SOCK_DGRAM = 2,
#endif
    SOCK_RAW = 3,
    SOCK_SEQPACKET = 5,

    SHUT_RD = 0,
    SHUT_WR = 1,
    SHUT_RDWR = 2,

    MSG_OOB = 1,
    MSG_PEEK = 2,
    MSG_DONTROUTE = 4,
    MSG_CTRUNC = 8,
    MSG_TRUNC = 0x20,
    MSG_DONTWAIT = 0x40,
    MSG_EOR = 0x80,
    MSG_WAITALL = 0x100,
    MSG_CONFIRM = 0x800,
    MSG_ERRQUEUE = 0x2000,
    MSG_NOSIGNAL = 0x4000,
    MSG_MORE = 0x8000,
    MSG_WAITFORONE = 0x10000,
    MSG_CMSG_CLOEXEC = 0x40000000,
};

/*
 * The bit of SO_X in a socket's `options`. Where the numbers are not small, as
 * they are elsewhere, no two of those that are on or off have the same one.
 */
#if defined(__mips__)
#define UC_SOCKET_BIT(name) (1u << (unsigned)(name) % 26)
#else
#define UC_SOCKET_BIT(name) (1u << ((name) & 31))
#endif

struct sockaddr {
    unsigned short sa_family;
    char sa_data[14];
};

/* What all sockets have: the first part of what f->node points to. */
struct socket {
    int family, type, protocol;
    int error;        /* pending, positive: read and cleared by SO_ERROR */
    unsigned options; /* UC_SOCKET_BIT of those that are on */
    int linger;       /* seconds; -1: off */
    int priority, receive_least;        /* SO_PRIORITY, SO_RCVLOWAT */
    unsigned send_room, receive_room;   /* bytes: SO_SNDBUF, SO_RCVBUF */
    uint64_t send_limit, receive_limit; /* ns; UINT64_MAX: none */
};

/* Bytes to send, or room for those that come. */
struct message {
    const struct iovec *parts;
    size_t count; /* of parts */
    size_t size;  /* of all of them, at most INT_MAX */
    /* Sent to, or NULL. Received from: room for any; the family sets size. */
    struct sockaddr *name;
    unsigned name_size;
    void *control; /* as in struct msghdr; receive sets the size */
    size_t control_size;
    int flags; /* receive: MSG_TRUNC, MSG_CTRUNC, MSG_EOR, set by the family */
};

struct socket_ops {
    long (*bind)(struct file *f, const struct sockaddr *a, unsigned n);
    long (*connect)(struct file *f, const struct sockaddr *a, unsigned n);
    long (*listen)(struct file *f, int backlog);
    /* Fills ops and node of `to`. */
    long (*accept)(struct file *f, struct file *to);
    /* Bytes sent; for -EPIPE, SIGPIPE is the caller's matter. */
    long (*send)(struct file *f, struct message *m, int flags);
    /* Bytes stored; the message's own length if flags has MSG_TRUNC. */
    long (*receive)(struct file *f, struct message *m, int flags);
    long (*shutdown)(struct file *f, int how);
    /*
     * Its own name (0), the peer's (1), or that of a peer who has just been
     * accepted (2) and may be gone: at most 128 bytes, the length.
     */
    long (*name)(struct file *f, int peer, struct sockaddr *a);
    /*
     * Options that socket.c does not know: other levels, and rare ones of
     * SOL_SOCKET. `set` is also told of those that have been set, level
     * SOL_SOCKET, and may leave it at that: the result is not looked at.
     * p may be unaligned; `get` stores up to n bytes: the length.
     */
    long (*set)(struct file *f, int level, int name, const void *p, unsigned n);
    long (*get)(struct file *f, int level, int name, void *p, unsigned n);
};

/* ---- the families: fill ops and node of f, whose flags are set ---- */

long uc_socket_unix(int type, int protocol, struct file *f);
long uc_socket_unix_pair(int type, int protocol, struct file *f[2]);
/* The role net. */
long uc_socket_inet(int family, int type, int protocol, struct file *f);
/* Frames of the device as they are, without a stack. */
long uc_socket_packet(int type, int protocol, struct file *f);
/* The interfaces and their addresses, for who asks in this way. */
long uc_socket_netlink(int type, int protocol, struct file *f);
/* Requests about interfaces, of any socket; else -ENOTTY. */
long uc_net_ioctl(unsigned long request, long arg);
/* A file that libc's resolver reads and the root file system does not have. */
long uc_net_file(const char *path, struct file *f);
/* The program ends: sends what is on its way, for a few seconds at most. */
void uc_net_stop(void);

/* ---- for the families (socket.c) ---- */

void uc_socket_start(struct socket *s, int family, int type, int protocol);
/*
 * Waits for q until the time given: 0: look again; -EAGAIN: f or flags do not
 * want to wait, or the time is over; -EINTR.
 */
long uc_socket_wait(struct file *f, struct uc_queue *q, int flags,
                    uint64_t until);
/* When a call that begins now is to give up. */
uint64_t uc_socket_until(const struct socket *s, bool sending);
/* Takes the pending error: 0 or -errno. */
long uc_socket_error(struct socket *s);

/* Copies between a message, from byte `at` on, and plain memory: bytes. */
size_t uc_message_put(const struct message *m, size_t at, const void *from,
                      size_t n);
size_t uc_message_get(const struct message *m, size_t at, void *to, size_t n);

/* For their struct file_ops. */
struct stat;
long uc_socket_read(struct file *f, void *p, size_t n, int64_t *pos);
long uc_socket_write(struct file *f, const void *p, size_t n, int64_t *pos);
long uc_socket_stat(struct file *f, struct stat *st);

#endif
