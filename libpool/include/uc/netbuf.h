/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netbuf.h: a driver's buffers for frames that come (struct uc_netbuf in
 * uc/netdev.h), half a page each. uc_netdev_give_back takes them.
 */
#ifndef UC_NETBUF_H
#define UC_NETBUF_H

#include <uc/mem.h>
#include <uc/netdev.h>

enum {
    UC_NETBUF_SIZE = UC_PAGE / 2
};

/* From now on as many as an eighth of memory holds, but at least so many. */
void uc_netbuf_limit(size_t least);
/* One that nobody has; its start alone means something. NULL: no memory. */
struct uc_netbuf *uc_netbuf_take(void);
/* There are as many as there may be. */
bool uc_netbuf_all_made(void);

#endif
