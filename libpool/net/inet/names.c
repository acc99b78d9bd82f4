/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c: what libc's resolver reads, where the root file system has no such
 * file: the name servers that came with the address, and localhost.
 */
#include "inet.h"

#include <linux/stat.h>
#include <uc/stat.h>

enum {
    LINE = 11 + 15 + 1, /* nameserver 255.255.255.255 */
};

static const char hosts[] = "127.0.0.1 localhost\n::1 localhost\n";
static char servers[2 * LINE + 1];

static char *put_number(char *to, unsigned n)
{
    if (n >= 100)
        *to++ = (char)('0' + n / 100);
    if (n >= 10)
        *to++ = (char)('0' + n / 10 % 10);
    *to++ = (char)('0' + n % 10);
    return to;
}

static const char *servers_text(void)
{
    static const char head[] = "nameserver ";
    char *to = servers;

    for (unsigned i = 0; i < 2; i++) {
        uint32_t address = uc_net_server(i);
        if (!address)
            continue;
        memcpy(to, head, sizeof head - 1);
        to += sizeof head - 1;
        for (int k = 0; k < 4; k++) {
            to = put_number(to, lwip_ntohl(address) >> (24 - 8 * k) & 0xff);
            *to++ = k < 3 ? '.' : '\n';
        }
    }
    *to = 0;
    return servers;
}

static long read_text(struct file *f, void *p, size_t n, int64_t *pos)
{
    const char *text = f->node;
    size_t length = strlen(text);

    if ((uint64_t)*pos >= length)
        return 0;
    if (n > length - (size_t)*pos)
        n = length - (size_t)*pos;
    memcpy(p, text + *pos, n);
    *pos += (int64_t)n;
    return (long)n;
}

static int64_t seek_text(struct file *f, int64_t offset, int whence)
{
    int64_t from = whence == 0   ? 0
                   : whence == 1 ? f->pos
                                 : (int64_t)strlen(f->node);

    return from + offset < 0 ? -EINVAL : (f->pos = from + offset);
}

static long stat_text(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_mode = S_IFREG | 0444;
    st->st_nlink = 1;
    st->st_size = (long)strlen(f->node);
    return 0;
}

static const struct file_ops ops = {
    .read = read_text,
    .seek = seek_text,
    .stat = stat_text,
};

static bool is(const char *path, const char *name)
{
    return !memcmp(path, name, strlen(name) + 1);
}

long uc_net_file(const char *path, struct file *f)
{
    static const char resolver[] = "/etc/resolv.conf", local[] = "/etc/hosts";
    size_t n = strlen(path) + 1;
    union {
        const char *text;
        void *p;
    } u; /* which nobody writes to */

    if (n == sizeof local && is(path, local)) {
        u.text = hosts;
    } else if (n == sizeof resolver && is(path, resolver)) {
        uc_net_start();
        if (uc_netif_exists)
            uc_net_wait_route(IP_ADDR_BROADCAST);
        u.text = servers_text();
    } else {
        return -ENOENT;
    }
    f->ops = &ops;
    f->node = u.p;
    return 0;
}
