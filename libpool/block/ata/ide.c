/* SPDX-License-Identifier: BSD-2-Clause */
/* ide.c: a machine without ports. */
#include <stddef.h>

#include "ata.h"

static bool find(bool (*is_good)(void))
{
    (void)is_good;
    return false;
}

const struct uc_ata_controller uc_ata_ide = {find, NULL, NULL};
