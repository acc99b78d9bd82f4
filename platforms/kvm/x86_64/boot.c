/* SPDX-License-Identifier: BSD-2-Clause */
/* boot.c: the command line, where the monitor has put it. */
#include <uc/line.h>

#include "boot.h"

const char *uc_plat_line(void)
{
    const struct boot_info *info = boot_window(0, uc_boot_info);
    const char *text = info ? boot_window(1, info->command_line) : NULL;

    return text ? text : "";
}

void uc_plat_line_read(void)
{
    boot_window_close();
}
