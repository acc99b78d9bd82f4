/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * platform.h: what every platform gives to the pool.
 *
 * Rules for all calls: callable from uc_start on, never from a fault handler;
 * none allocates; errors are -errno. One processor, no interrupts needed.
 */
#ifndef UC_PLATFORM_H
#define UC_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes all n bytes to the console; cannot fail. */
void uc_plat_console_write(const void *p, size_t n);

/*
 * The same to the line for standard error. What was written to the console
 * before goes out before. Where the machine has no such line, it is the
 * console. Only with CFG_STDERR: the platform may have one, and the program may
 * use it.
 */
extern const int CFG_STDERR;
void uc_plat_stderr_write(const void *p, size_t n);

/* Reads 1..n bytes, waiting for the first; 0 at end of input (then always). */
long uc_plat_console_read(void *p, size_t n);
/* The same without waiting: -EAGAIN. Then uc_plat_wait ends when some come. */
long uc_plat_console_try(void *p, size_t n);

/* Ends the machine or process; status as in exit(), 0..255. */
_Noreturn void uc_plat_exit(int status);

/*
 * The one region of memory that is free for the pool: page aligned, zeroed,
 * readable and writable, never executable. The same answer each time.
 */
void uc_plat_heap(char **base, size_t *size);

/*
 * With CFG_LAZY the region is larger than memory: pages get some, zeroed, when
 * they are touched, and give it back here: whole pages, whatever may be done
 * with them; all accesses are allowed then. Running out of it in a touch ends
 * the program, so who is asked for memory first looks how much is left.
 */
void uc_plat_release(char *p, size_t n);
void uc_plat_memory(uint64_t *all, uint64_t *left);

bool uc_plat_has_memory(const char *p); /* with CFG_LAZY: this page now */

/* Where the first thread's stack begins, from which it grows down. */
char *uc_plat_stack_end(void);

enum {
    UC_ACCESS_ALL, /* read and written */
    UC_ACCESS_READ,
    UC_ACCESS_NONE,
};

/*
 * What may be done with [p, p + n): whole pages of the heap, or of the image's
 * data and constants. Where the platform's tables need memory for that, it
 * takes pages of the heap, for good: page() gives one, or NULL. What is given
 * all accesses back needs none. 0; -ENOMEM: no page, or nothing is mapped
 * there; -EACCES: it is code. Then nothing has changed.
 */
int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void));

/* Nanoseconds since some point before start; never goes back. */
uint64_t uc_plat_clock_ns(void);

/* A number that soon changes; of no unit, so that it costs nothing to know. */
uint64_t uc_plat_ticks(void);

/* Nanoseconds since 1970-01-01 UTC. */
uint64_t uc_plat_wall_ns(void);

/*
 * Halts until ns nanoseconds have passed (UINT64_MAX: no limit) or a device
 * may have something for uc_poll(); it may return at any time before that.
 */
void uc_plat_wait(uint64_t ns);

/* On linuxu: waits end, too, when that descriptor can be read. */
void uc_plat_wait_also(int fd);
/* Sets the thread pointer, where there can be a second thread. */
void uc_plat_tls(void *tls);

/*
 * From now on calls uc_sched_tick() every 10 ms and, where devices interrupt,
 * when they do: on the stack of whatever runs, as if that had called it.
 */
void uc_plat_tick_start(void);

/*
 * For drivers. n bytes of device memory at a physical address, not cached;
 * NULL if there is no room for it. The address at which devices see p, which
 * holds to the end of its page.
 */
void *uc_plat_device(uint64_t physical, size_t n);
/* The physical address where virtio device i may have registers; 0: no more. */
uint64_t uc_plat_virtio(unsigned i);
uint64_t uc_plat_dma(const void *p);

/*
 * The variable `name` of the environment that the machine was started with,
 * as far as n bytes and a NUL hold it; false if there is none.
 */
bool uc_plat_word(const char *name, char *to, size_t n);

/* Fills p with unpredictable bytes; -ENOSYS where the machine has none. */
int uc_plat_random(void *p, size_t n);

#endif
