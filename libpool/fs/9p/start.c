/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * start.c: how the program starts in the shared folder, by words of
 * unicore-run: UC_CWD, where, if it is not the top, and UC_UMASK, in octal, if
 * it is not 022. In another folder it is not started: it could change files
 * there that were not meant.
 */
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/sys.h>

enum {
    PATH_ROOM = 4096
};

void uc_9p_start(void);

static void take_umask(void)
{
    char word[8];
    long mask = 0;

    if (!uc_plat_word("UC_UMASK", word, sizeof word))
        return;
    for (const char *p = word; *p >= '0' && *p <= '7'; p++)
        mask = mask * 8 + *p - '0';
    uc_sys_umask(mask);
}

void uc_9p_start(void)
{
    static char path[PATH_ROOM];

    take_umask();
    if (!uc_plat_word("UC_CWD", path, sizeof path) || !uc_sys_chdir((long)path))
        return;
    uc_log("9p: there is no folder UC_CWD", -1);
    uc_plat_exit(1);
}
