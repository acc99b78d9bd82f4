/* SPDX-License-Identifier: BSD-2-Clause */
/* socket_core.h: what socket.c, message.c and sockopt.c share. */
#ifndef UC_POSIX_SOCKET_CORE_H
#define UC_POSIX_SOCKET_CORE_H

#include <uc/socket.h>

#include "core.h"

/* -EBADF, -ENOTSOCK. */
long uc_socket_of(int fd, struct file **f);

/* A copy of an address that the program gave: its length or -errno. */
long uc_socket_address(struct __kernel_sockaddr_storage *to, long from,
                       long size);

/* As much of the name as there is room for; *room: the whole length. */
void uc_socket_store_name(const struct sockaddr *a, unsigned size, long to,
                          int *room);

#endif
