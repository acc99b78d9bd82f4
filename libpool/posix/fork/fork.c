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
#include <uc/fs.h>
#include <uc/log.h>
#include <uc/mem.h>

#include "fork.h"
#include "mark.h"
#include "memory.h"
#include "signals.h"

extern const int CFG_MAP_SHARED;

enum {
    STACK_PAGES = 4
};

/* A child, and its parent as that was. */
struct child {
    struct child *outer; /* of which the parent is the child; NULL: of none */
    int pid, parent_pid, status;
    struct mark parent;
    struct task task; /* of the thread that forked */
    struct copy memory;
    void *fds, *handlers, *path;
    struct uc_ids ids;
    char *stack; /* for what happens between the two */
};

struct ended {
    struct ended *next;
    int pid, parent, status;
};

static struct child *now; /* that runs */
static struct ended *all_ended;
static char *spare_stack;

bool uc_fork_is_child(void)
{
    return now;
}

int uc_fork_pid(void)
{
    return now ? now->pid : SELF;
}

int uc_fork_parent(void)
{
    return now ? now->parent_pid : 0;
}

const struct copy *uc_copy_now(void)
{
    return now ? &now->memory : NULL;
}

/* ---- the beginning ---- */

static void drop(struct child *c)
{
    uc_kfree(c->handlers, uc_signal_saved_size());
    uc_kfree(c->path, uc_path_saved_size());
    if (c->stack)
        uc_pages_free(c->stack, STACK_PAGES);
    uc_kfree(c, sizeof *c);
}

/* All but memory, of which nothing may be copied before the mark is set. */
static struct child *prepare(void)
{
    struct child *c = uc_kalloc(sizeof *c);
    if (!c)
        return NULL;
    c->outer = now;
    c->parent_pid = uc_fork_pid();
    c->task = *uc_task();
    c->handlers = uc_kalloc(uc_signal_saved_size());
    c->path = uc_kalloc(uc_path_saved_size());
    c->stack = spare_stack ? spare_stack : uc_pages_alloc(STACK_PAGES, false);
    spare_stack = NULL;
    if (c->handlers && c->path && c->stack)
        return c;
    drop(c);
    return NULL;
}

/* The rest of fork in the child; nothing of what it calls comes back here. */
__attribute__((noinline)) static long begin(struct child *c)
{
    static bool said;
    static int last_pid = SELF;
    long error = -ENOMEM;
    c->fds = uc_fd_fork();
    if (c->fds)
        error = uc_copy_make(&c->memory, (char *)c->parent.sp);
    if (error) {
        if (c->fds)
            uc_fd_fork_end(c->fds);
        drop(c);
        return error;
    }
    if (!said)
        uc_log("fork: the parent waits for the child", -1);
    said = true;
    now = c;
    c->pid = uc_task()->tid = ++last_pid;
    uc_sched_only(uc_sched_self());
    uc_signal_save(c->handlers);
    uc_path_save(c->path);
    uc_ids_save(&c->ids);
    return 0;
}

long uc_sys_fork(void)
{
    struct child *c = prepare();
    if (!c)
        return -ENOMEM;
    long ended = uc_mark(&c->parent);
    return ended ? ended : begin(c);
}

/* ---- the end ---- */

/* Nobody will ask for the children of a process that has ended. */
static void forget_ended(int parent)
{
    struct ended **at = &all_ended;
    while (*at) {
        struct ended *e = *at;
        if (e->parent != parent) {
            at = &e->next;
            continue;
        }
        *at = e->next;
        uc_kfree(e, sizeof *e);
    }
}

static void tell_parent(const struct child *c)
{
    struct ended *e = uc_kalloc(sizeof *e);
    int sig = c->status & 127;
    siginfo_t info;
    if (e) {
        *e = (struct ended){all_ended, c->pid, c->parent_pid, c->status};
        all_ended = e;
    }
    memset(&info, 0, sizeof info);
    info.si_signo = SIGCHLD;
    info.si_code = sig ? CLD_KILLED : CLD_EXITED;
    info.si_pid = c->pid;
    info.si_status = sig ? sig : c->status >> 8;
    uc_signal_post(&info, 0);
}

/* Those of files, which the child shared with nobody. */
static void end_mappings(int pid)
{
    size_t size;
    for (char *p; CFG_MAP_SHARED && (p = uc_fs_map_of(pid, &size));) {
        uc_fs_unmap(p, size, pid);
        uc_unmap(p, size / UC_PAGE);
    }
}

static void end(void)
{
    static struct mark parent;
    struct child *c = now;
    struct task *t = uc_task();
    uc_copy_restore(&c->memory);
    now = c->outer;
    end_mappings(c->pid);
    uc_fd_fork_end(c->fds);
    if (!now)
        uc_sched_only(NULL);
    t->tid = c->task.tid;
    t->blocked = c->task.blocked;
    t->clear_tid = c->task.clear_tid;
    t->robust = c->task.robust;
    t->signal_stack = c->task.signal_stack;
    uc_signal_restore(c->handlers);
    uc_path_restore(c->path);
    uc_ids_restore(&c->ids);
    forget_ended(c->pid);
    tell_parent(c);
    int pid = c->pid;
    parent = c->parent;
    spare_stack = c->stack; /* we are on it */
    c->stack = NULL;
    drop(c);
    uc_go_back(&parent, pid);
}

_Noreturn void uc_fork_end(int status)
{
    now->status = status;
    uc_go_on(now->stack + STACK_PAGES * UC_PAGE, end);
}

long uc_fork_wait(int which, int *status)
{
    struct ended **at = &all_ended;
    while (*at && ((*at)->parent != uc_fork_pid() ||
                   (which > 0 && (*at)->pid != which)))
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
