/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.h: waiting in the middle of a system call, where no signal's handler may
 * run, and locks for what must stay as it is over such a wait. Without threads
 * a lock costs nothing.
 */
#ifndef UC_LOCK_H
#define UC_LOCK_H

#include <stdbool.h>
#include <uc/sched.h>

/*
 * Waits until q is woken, or less. A pending signal ends waits at once: it
 * then lets others run, and who looks again must see to the devices itself.
 */
void uc_wait_quietly(struct uc_queue *q);

struct uc_lock {
    bool taken;
    struct uc_queue waiting;
};
void uc_lock(struct uc_lock *l);
void uc_unlock(struct uc_lock *l);

#endif
