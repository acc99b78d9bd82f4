/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setxid.c: changing identity, which the kernel does for one thread and POSIX
 * wants for all.
 */
#include <signal.h>
#include <unistd.h>

#include "libc.h"
#include "syscall.h"

extern const int CFG_THREADS;

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

struct change {
    int nr, id, eid, sid;
    long result; /* 1: nobody has tried */
};

/* Threads with different rights are a danger: that is the end of all. */
static void set_one(void *p)
{
    struct change *c = p;

    if (c->result < 0)
        return;
    long result = set(c->nr, c->id, c->eid, c->sid);
    if (result && !c->result)
        __syscall(SYS_kill, __syscall(SYS_getpid), SIGKILL);
    c->result = result;
}

int __setxid(int nr, int id, int eid, int sid)
{
    struct change c = {nr, id, eid, sid, 1};

    if (CFG_THREADS)
        __synccall(set_one, &c);
    else
        set_one(&c);
    return (int)__syscall_ret(c.result);
}
