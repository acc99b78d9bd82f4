/* SPDX-License-Identifier: BSD-2-Clause */
/* boot.h: what Xen's domain builder tells, and what uc_boot has made of it. */
#ifndef UC_BOOT_H
#define UC_BOOT_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"
#include "xen.h"

#define INFO ((const struct start_info *)INFO_PAGE)

/*
 * Machine frames, which the tables have, by frames of ours, from the image on;
 * behind the first uc_frames_used a list of those that are free (lazy.c), or,
 * with CFG_SUSPEND, as before.
 */
#define FRAMES ((uint64_t *)INFO->mfn_list)

/* Parts of the image (image.lds). */
extern char uc_image_start[], uc_text_page[], uc_data_page[], uc_image_end[];

extern uint64_t uc_frames_used; /* of ours; those behind are free */
extern uint64_t uc_top, uc_low; /* machine frames of tables: of GiB, of GiB 0 */

extern uint64_t uc_info_number; /* of start_info's frame, of ours */
extern bool uc_grants_seen;     /* at GRANTS */

#endif
