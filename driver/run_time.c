/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_time.c: the time to the nanosecond, for an image under QEMU, which gives
 * a PC's clock, of whole seconds. Each byte that comes on the third serial
 * line is answered with the nanoseconds since 1970, 8 bytes, the lowest first
 * (platforms/kvm wall.c).
 */
#include "run.h"

#include <endian.h>
#include <time.h>
#include <unistd.h>

void time_qemu(int fd, const char ***argv)
{
    arrput(*argv, "-chardev");
    arrput(*argv, format("socket,id=time,fd=%d", fd));
    arrput(*argv, "-device");
    arrput(*argv, "isa-serial,chardev=time,iobase=0x3e8,irq=3");
}

bool time_tell(int fd)
{
    struct timespec t;
    uint64_t now;
    char asked;

    if (read(fd, &asked, 1) != 1)
        return false;
    clock_gettime(CLOCK_REALTIME, &t);
    now = htole64((uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec);
    return write_all(fd, (const char *)&now, sizeof now);
}
