/* SPDX-License-Identifier: BSD-2-Clause */
/* offload.h: frames on their way to the device (offload.c). */
#ifndef UC_OFFLOAD_H
#define UC_OFFLOAD_H

#include "inet.h"

/* What the device can do; before the first frame. */
void uc_net_offload(const struct uc_netdev *d);
/* A netif_linkoutput_fn. */
err_t uc_net_send(struct netif *n, struct pbuf *p);
/* At the end of a turn. False: the device is full; they are kept. */
bool uc_net_send_gathered(void);

#endif
