/* SPDX-License-Identifier: BSD-2-Clause */
/* fork.h: children, between posix/core and posix/fork; with CFG_CHILDREN. */
#ifndef UC_POSIX_FORK_H
#define UC_POSIX_FORK_H

#include "core.h"

extern const int CFG_CHILDREN;

/* A child is running; the number of the process that runs. */
bool uc_fork_is_child(void);
int uc_fork_pid(void);

/* getpid. */
static inline int uc_pid(void)
{
    return CFG_CHILDREN ? uc_fork_pid() : SELF;
}

/* The child ends, with the status that wait tells. */
_Noreturn void uc_fork_end(int status);

/* As wait4: a child that has ended, or -ECHILD. */
long uc_fork_wait(int pid, int *status);

/* The program has got these pages by mmap, or given them back. */
void uc_fork_mapped(char *p, size_t pages, bool mapped);

/* The page is the waiting parent's: a child cannot give it back. */
bool uc_fork_keeps(const char *page);
bool uc_fork_keeps_brk(const char *brk);

int uc_fork_parent(void); /* getppid; 0: none */

/*
 * fd.c: the child gets a table of its own. What is returned is the parent's,
 * for uc_fd_fork_end(); NULL: no memory.
 */
void *uc_fd_fork(void);
void uc_fd_fork_end(void *parent);

/* path.c: mask and folder, kept for the parent. */
size_t uc_path_saved_size(void);
void uc_path_save(void *to);
void uc_path_restore(const void *from);

/* ids.c: who the parent is. */
struct uc_ids {
    struct ids {
        int real, effective, saved;
    } user, group;
    struct groups {
        unsigned *list;
        size_t count;
    } groups;
};
void uc_ids_save(struct uc_ids *to);
void uc_ids_restore(const struct uc_ids *from);

/* signal.c: handlers, kept for the parent. */
size_t uc_signal_saved_size(void);
void uc_signal_save(void *to);
void uc_signal_restore(const void *from);

#endif
