/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer is %fs, which Xen sets. */
#include <uc/platform.h>

#include "xen.h"

void uc_plat_tls(void *tls)
{
    uc_hypercall(SEGBASE_FS, (long)tls, 0, 0, 0, __HYPERVISOR_set_segment_base);
}
