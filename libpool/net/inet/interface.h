/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.h: the interfaces by their numbers, as programs see them. */
#ifndef UC_INET_INTERFACE_H
#define UC_INET_INTERFACE_H

#include <stdint.h>

enum {
    INTERFACE_LOOP = 1,
    INTERFACE_DEVICE = 2, /* if there is one */
};

int uc_interface_last(void);
const char *uc_interface_name(int i);
uint32_t uc_interface_address(int i); /* IPv4; 0: none yet */
uint32_t uc_interface_mask(int i);
short uc_interface_flags(int i);
unsigned uc_interface_mtu(int i);
unsigned short uc_interface_kind(int i); /* ARPHRD_... */

#endif
