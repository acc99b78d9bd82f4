/* SPDX-License-Identifier: BSD-2-Clause */
/* net.c: no network. */
#include <linux/errno.h>
#include <uc/socket.h>

long uc_socket_inet(int family, int type, int protocol, struct file *f)
{
    (void)family, (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}

long uc_socket_packet(int type, int protocol, struct file *f)
{
    (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}

long uc_socket_netlink(int type, int protocol, struct file *f)
{
    (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}

long uc_net_ioctl(unsigned long request, long arg)
{
    (void)request, (void)arg;
    return -ENOTTY;
}

void uc_net_stop(void)
{
}

long uc_net_file(const char *path, struct file *f)
{
    (void)path, (void)f;
    return -ENOENT;
}
