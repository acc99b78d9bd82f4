/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * host.c: a platform for unit tests: uc/platform.h over the C library.
 * Console output is kept in host_output; input comes from host_input. Time is
 * a counter. HEAP is the machine's memory, CFG_* are the test's choice.
 */
#include "host.h"

#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <uc/platform.h>
#include <uc/sched.h>

#ifndef HEAP
#define HEAP ((size_t)256 << 20)
#endif
#ifndef FILES
#define FILES 1
#endif

const int CFG_FILES = FILES, CFG_ROOT = 0, CFG_CHECK = 2, CFG_THREADS = 0;
const int CFG_WRITE = 1, CFG_OTHER_USERS = 1, CFG_MAP_FILE = FILES,
          CFG_MAP_FIXED = 1;
const int CFG_MAP_SHARED = FILES, CFG_FIFOS = FILES;
#ifndef DISK
#define DISK 0
#endif
const int CFG_DISK = DISK, CFG_SYNC = DISK, CFG_FILES_WAIT = 0;
const int CFG_SIGNAL_SENT = 1, CFG_SOCKETS = FILES, CFG_SOCKET_UNIX = FILES;
const int CFG_STDERR = 1;
const int uc_poll_steps = 0;
const char uc_initrd_start[1], uc_initrd_end[1];

char host_output[65536];
size_t host_output_length;
const char *host_input = "";
uint64_t host_time = 1000000000;
uint64_t host_slept;
jmp_buf host_exit;
int host_status = -1;

void uc_plat_console_write(const void *p, size_t n)
{
    size_t room = sizeof host_output - 1 - host_output_length;
    if (n > room)
        n = room;
    memcpy(host_output + host_output_length, p, n);
    host_output_length += n;
    host_output[host_output_length] = 0;
}

void uc_plat_stderr_write(const void *p, size_t n)
{
    uc_plat_console_write(p, n);
}

long uc_plat_console_read(void *p, size_t n)
{
    size_t have = strlen(host_input);
    if (n > have)
        n = have;
    memcpy(p, host_input, n);
    host_input += n;
    return (long)n;
}

long uc_plat_console_try(void *p, size_t n)
{
    return uc_plat_console_read(p, n);
}

_Noreturn void uc_plat_exit(int status)
{
    host_status = status;
    longjmp(host_exit, 1);
}

void uc_plat_heap(char **base, size_t *size)
{
    static char *heap;
    if (!heap)
        heap = mmap(NULL, HEAP, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (heap == MAP_FAILED)
        abort();
    *base = heap;
    *size = HEAP;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    static const int may[] = {PROT_READ | PROT_WRITE, PROT_READ, PROT_NONE};

    (void)page;
    return mprotect(p, n, may[access]) == 0 ? 0 : -ENOMEM;
}

uint64_t uc_plat_clock_ns(void)
{
    return host_time += 1000;
}

uint64_t uc_plat_wall_ns(void)
{
    return host_time += 1000;
}

uint64_t uc_poll(void)
{
    return UINT64_MAX;
}

void uc_plat_wait(uint64_t ns)
{
    host_slept += ns;
    host_time += ns;
}

int uc_plat_random(void *p, size_t n)
{
    memset(p, 0x5a, n);
    return 0;
}
