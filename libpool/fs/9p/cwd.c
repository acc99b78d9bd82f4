/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cwd.c: where in the shared folder the program starts, if it is not the top:
 * UC_CWD, of unicore-run --cwd. In another folder it is not started: it could
 * change files there that were not meant.
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

    if (!uc_plat_word("UC_CWD", path, sizeof path) || !uc_sys_chdir((long)path))
        return;
    uc_log("9p: there is no folder UC_CWD", -1);
    uc_plat_exit(1);
}
