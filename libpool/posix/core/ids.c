/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ids.c: users and groups, by the rules of credentials(7). The program begins
 * as 0. It may give that up; files care.
 */
#include <uc/mem.h>
#include <uc/user.h>

#include "core.h"
#include "fork.h"

extern const int CFG_OTHER_USERS; /* it can become another */

static struct ids user, group;
static struct groups groups;

unsigned uc_user_id(void)
{
    return CFG_OTHER_USERS ? (unsigned)user.effective : 0;
}

unsigned uc_user_group(void)
{
    return CFG_OTHER_USERS ? (unsigned)group.effective : 0;
}

unsigned uc_user_real(void)
{
    return CFG_OTHER_USERS ? (unsigned)user.real : 0;
}

unsigned uc_user_real_group(void)
{
    return CFG_OTHER_USERS ? (unsigned)group.real : 0;
}

bool uc_user_has_group(unsigned gid)
{
    for (size_t i = 0; CFG_OTHER_USERS && i < groups.count; i++)
        if (groups.list[i] == gid)
            return true;
    return false;
}

long uc_sys_getuid(void)
{
    return user.real;
}

long uc_sys_geteuid(void)
{
    return user.effective;
}

long uc_sys_getgid(void)
{
    return group.real;
}

long uc_sys_getegid(void)
{
    return group.effective;
}

static bool may(const struct ids *ids, int to)
{
    return to == -1 || !user.effective || to == ids->real ||
           to == ids->effective || to == ids->saved;
}

static long set(struct ids *ids, int real, int effective, int saved)
{
    if (!may(ids, real) || !may(ids, effective) || !may(ids, saved))
        return -EPERM;
    ids->real = real == -1 ? ids->real : real;
    ids->effective = effective == -1 ? ids->effective : effective;
    ids->saved = saved == -1 ? ids->saved : saved;
    return 0;
}

/* All three for user 0, else the effective one. */
static long set_one(struct ids *ids, int to)
{
    if (to == -1)
        return -EINVAL;
    return user.effective ? set(ids, -1, to, -1) : set(ids, to, to, to);
}

/* The saved one follows when the real one is set, or the effective differs. */
static long set_two(struct ids *ids, int real, int effective)
{
    bool follow = real != -1 || (effective != -1 && effective != ids->real);
    int saved = effective == -1 ? ids->effective : effective;
    return set(ids, real, effective, follow ? saved : -1);
}

static long get(const struct ids *ids, long a, long b, long c)
{
    *(int *)a = ids->real;
    *(int *)b = ids->effective;
    *(int *)c = ids->saved;
    return 0;
}

long uc_sys_setuid(long a)
{
    return set_one(&user, (int)a);
}

long uc_sys_setgid(long a)
{
    return set_one(&group, (int)a);
}

long uc_sys_setreuid(long a, long b)
{
    return set_two(&user, (int)a, (int)b);
}

long uc_sys_setregid(long a, long b)
{
    return set_two(&group, (int)a, (int)b);
}

long uc_sys_setresuid(long a, long b, long c)
{
    return set(&user, (int)a, (int)b, (int)c);
}

long uc_sys_setresgid(long a, long b, long c)
{
    return set(&group, (int)a, (int)b, (int)c);
}

long uc_sys_getresuid(long a, long b, long c)
{
    return get(&user, a, b, c);
}

long uc_sys_getresgid(long a, long b, long c)
{
    return get(&group, a, b, c);
}

long uc_sys_getgroups(long n, long list)
{
    if ((int)n < 0 || ((int)n && (size_t)n < groups.count))
        return -EINVAL;
    if ((int)n && groups.count)
        memcpy((unsigned *)list, groups.list, groups.count * sizeof(unsigned));
    return (long)groups.count;
}

long uc_sys_setgroups(long n, long list)
{
    enum {
        MOST = 65536
    };
    size_t count = (unsigned)n;
    if (user.effective)
        return -EPERM;
    if (count > MOST)
        return -EINVAL;
    unsigned *new = count ? uc_kalloc(count * sizeof *new) : 0;
    if (count && !new)
        return -ENOMEM;
    if (count)
        memcpy(new, (const unsigned *)list, count * sizeof *new);
    if (groups.list && !(CFG_CHILDREN && uc_fork_is_child()))
        uc_kfree(groups.list, groups.count * sizeof *new);
    groups = (struct groups){new, count};
    return 0;
}

/* ---- a child's ---- */

void uc_ids_save(struct uc_ids *to)
{
    if (CFG_OTHER_USERS)
        *to = (struct uc_ids){user, group, groups};
}

/* The list of a child that made one is lost. */
void uc_ids_restore(const struct uc_ids *from)
{
    if (!CFG_OTHER_USERS)
        return;
    user = from->user;
    group = from->group;
    groups = from->groups;
}
