/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.c: frames beside the stack: not while that has the device. */
#include "inet.h"

long uc_socket_packet(int type, int protocol, struct file *f)
{
    (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}
