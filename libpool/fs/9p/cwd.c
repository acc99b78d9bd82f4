/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cwd.c: where in the shared folder the program starts, if it is not the top:
 * UC_CWD, of unicore-run --cwd.
 */
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/sys.h>

enum {
    PATH_ROOM = 4096
};

void uc_9p_cwd(void);

void uc_9p_cwd(void)
{
    static char path[PATH_ROOM];

    if (uc_plat_word("UC_CWD", path, sizeof path) && uc_sys_chdir((long)path))
        uc_log("9p: there is no folder UC_CWD", -1);
}
