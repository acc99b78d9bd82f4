/* SPDX-License-Identifier: BSD-2-Clause */
/* nice.c: niceness, which is remembered and does nothing: nobody else runs. */
#include <linux/resource.h>

#include "core.h"

enum {
    BEST = -20,
    WORST = 19
};

static int nice;

static long check(int which, int who)
{
    if ((unsigned)which > PRIO_USER)
        return -EINVAL;
    return which == PRIO_USER || who == 0 || who == SELF ? 0 : -ESRCH;
}

/* As the kernel has it: 1 is the worst, 40 the best. */
long uc_sys_getpriority(long which, long who)
{
    long error = check((int)which, (int)who);
    return error ? error : 20 - nice;
}

long uc_sys_setpriority(long which, long who, long value)
{
    long error = check((int)which, (int)who);
    int asked = (int)value;
    if (!error)
        nice = asked < BEST ? BEST : asked > WORST ? WORST : asked;
    return error;
}
