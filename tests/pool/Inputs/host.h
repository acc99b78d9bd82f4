/* SPDX-License-Identifier: BSD-2-Clause */
/* host.h: what tests see of the platform in host.c. */
#ifndef HOST_H
#define HOST_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

extern char host_output[65536];
extern size_t host_output_length;
extern const char *host_input;
extern uint64_t host_time, host_slept;
extern jmp_buf host_exit; /* where uc_plat_exit goes */
extern int host_status;

#endif
