/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setxid.c: changing identity. In one address space without users there is
 * nothing to keep equal between threads.
 */
#include <unistd.h>

#include "libc.h"
#include "syscall.h"

static long set(int nr, int id, int eid, int sid)
{
    switch (nr) {
    case SYS_setuid:
        return __syscall(SYS_setuid, id);
    case SYS_setgid:
        return __syscall(SYS_setgid, id);
    case SYS_setreuid:
        return __syscall(SYS_setreuid, id, eid);
    case SYS_setregid:
        return __syscall(SYS_setregid, id, eid);
    case SYS_setresuid:
        return __syscall(SYS_setresuid, id, eid, sid);
    case SYS_setresgid:
        return __syscall(SYS_setresgid, id, eid, sid);
    default:
        return -ENOSYS;
    }
}

int __setxid(int nr, int id, int eid, int sid)
{
    return __syscall_ret(set(nr, id, eid, sid));
}
