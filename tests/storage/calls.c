/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls.c: fs/ext4 against a file system of Linux: the random calls of
 * tests/pool/ramfs.c, with a sync now and then. In the end e2fsck finds nothing
 * to mend, and what debugfs reads off the disk is what the same calls left on
 * Linux: types, modes, links, sizes, targets and contents.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s
 * RUN: sh %S/Inputs/calls.sh %t 1 30000 -t ext4 | FileCheck %s
 * RUN: sh %S/Inputs/calls.sh %t 2 30000 -t ext4 -b 1024 | FileCheck %s
 * RUN: sh %S/Inputs/calls.sh %t 3 30000 -t ext3 -b 2048 | FileCheck %s
 * RUN: sh %S/Inputs/calls.sh %t 4 30000 -t ext2 -I 128 | FileCheck %s
 * CHECK: the disk is sound and has the same files
 * CHECK: equal after 30000 calls, {{[1-9][0-9][0-9][0-9][0-9]}} of them done
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <uc/fs.h>

static int at_end(const char *base);
static void each_step(void);
#define EACH_STEP() each_step()
#define AT_END(base) at_end(base)
#include "../pool/ramfs.c"

/* Every so often: a sync, or all that an end does and a new beginning. */
static void each_step(void)
{
    if (step % 97 == 0)
        uc_sys_sync();
    if (step % 1009 == 0)
        uc_fs_end();
}

static int at_end(const char *path)
{
    char command[256];

    uc_sys_chdir((long)"/");
    uc_fs_end();
    fflush(stdout);
    snprintf(command, sizeof command, "sh \"$COMPARE\" \"$DISK\" %s", path);
    return system(command) != 0;
}
