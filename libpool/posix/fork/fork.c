/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork.c: fork without a second address space. The child goes on in the
 * memory of its parent, which is copied before, and alone; when it ends, the
 * parent's memory is what it was, and fork returns in the parent. So the two
 * never run at the same time: a child that waits for its parent waits for
 * ever. What the pool has (open files, what is in them, connections) is not
 * undone; descriptors, masks and handlers are each process's own.
 */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <uc/log.h>
#include <uc/mem.h>

#include "fork.h"
#include "mark.h"
#include "memory.h"
#include "signals.h"

enum {
    STACK_PAGES = 4
};

struct ended {
    struct ended *next;
    int pid, status;
};

static bool active;
static int pid = SELF, last_pid = SELF;
static struct mark parent;
static struct task task; /* of the thread that forked, as it was */
static char *stack;      /* for what happens between the two */
static int end_status;
static struct ended *all_ended;

bool uc_fork_is_child(void)
{
    return active;
}

int uc_fork_pid(void)
{
    return pid;
}

/* The rest of fork in the child; nothing of what it calls comes back here. */
__attribute__((noinline)) static long begin_child(void)
{
    static bool said;
    struct task *t = uc_task();
    if (!stack)
        stack = uc_pages_alloc(STACK_PAGES, false);
    if (!stack)
        return -ENOMEM;
    if (!uc_fd_fork())
        return -ENOMEM;
    long error = uc_copy_make((char *)parent.sp);
    if (error) {
        uc_fd_fork_end();
        return error;
    }
    if (!said)
        uc_log("fork: the parent waits for the child", -1);
    said = true;
    task = *t;
    active = true;
    pid = t->tid = ++last_pid;
    uc_sched_only(uc_sched_self());
    uc_signal_fork(false);
    uc_path_fork(false);
    return 0;
}

long uc_sys_fork(void)
{
    if (active)
        return -EAGAIN; /* a child of a child */
    long ended = uc_mark(&parent);
    return ended ? ended : begin_child();
}

/* ---- the end of the child ---- */

static void tell_parent(int child, int status)
{
    struct ended *e = uc_kalloc(sizeof *e);
    siginfo_t info;
    if (e) {
        *e = (struct ended){all_ended, child, status};
        all_ended = e;
    }
    memset(&info, 0, sizeof info);
    info.si_signo = SIGCHLD;
    info.si_code = status & 127 ? CLD_KILLED : CLD_EXITED;
    info.si_pid = child;
    info.si_status = status & 127 ? status & 127 : status >> 8;
    uc_signal_post(&info, 0);
}

static void end_child(void)
{
    struct task *t = uc_task();
    int child = pid;
    active = false;
    pid = SELF;
    uc_copy_restore();
    uc_fd_fork_end();
    uc_sched_only(NULL);
    t->tid = task.tid;
    t->blocked = task.blocked;
    t->clear_tid = task.clear_tid;
    t->robust = task.robust;
    t->signal_stack = task.signal_stack;
    uc_signal_fork(true);
    uc_path_fork(true);
    tell_parent(child, end_status);
    uc_go_back(&parent, child);
}

_Noreturn void uc_fork_end(int status)
{
    end_status = status;
    uc_go_on(stack + STACK_PAGES * UC_PAGE, end_child);
}

long uc_fork_wait(int which, int *status)
{
    struct ended **at = &all_ended;
    while (*at && which > 0 && (*at)->pid != which)
        at = &(*at)->next;
    if (!*at)
        return -ECHILD;
    struct ended e = **at;
    uc_kfree(*at, sizeof e);
    *at = e.next;
    if (status)
        *status = e.status;
    return e.pid;
}
