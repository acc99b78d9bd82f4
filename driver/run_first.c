/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_first.c: an image for Xen on ARM, as the first domain of a Xen that QEMU
 * starts for it alone: Debian's, unpacked and not installed
 * (driver/xen/hypervisor.sh). Xen uses no console, so that the domain has the
 * computer's serial line to itself, and all devices; what it has to say nobody
 * sees, but for --host-log: then it keeps the line, and the domain's console is
 * Xen's.
 */
#include "run.h"

#include <string.h>
#include <sys/stat.h>

enum {
    MIB = 1 << 20,
    OTHERS_MIB = 1024,     /* Xen, what QEMU puts there, and holes: Xen gives
                              memory in powers of two, in their places */
    PIECE_MIB = 4,         /* the least that Xen gives a first domain */
    LEAST_MIB = 8,         /* of the domain: with less, Xen stops at times */
    IMAGE_AT = 0x4a000000, /* where it waits for Xen, behind QEMU's tree */
    LINE_MOST = 1023,      /* bytes that Xen takes from there */
};

bool is_first(const struct image *image)
{
    return !strcmp(image->platform, "xen");
}

/* In whole pieces, at least what was asked for. */
static uint64_t domain_mib(const struct options *o)
{
    const uint64_t piece = (uint64_t)PIECE_MIB * MIB;

    return (o->memory_bytes + piece - 1) / piece * PIECE_MIB;
}

void first_check(const struct options *o)
{
    if (o->count)
        fail("--count: QEMU's instructions would be those of Xen as well: %s",
             o->image);
    if (o->memory_bytes < (uint64_t)LEAST_MIB * MIB)
        fail("--mem %s: the first domain of Xen gets %dM at least: %s",
             o->memory, LEAST_MIB, o->image);
    if (strcmp(o->accelerator, "tcg") != 0)
        fail("--accel %s: Xen is started under QEMU's own processor: %s",
             o->accelerator, o->image);
}

char *first_memory(const struct options *o)
{
    struct stat st = {0};

    if (stat(o->image, &st) != 0)
        fail("%s: %s", o->image, file_why(o->image));
    uint64_t mib = OTHERS_MIB + (uint64_t)st.st_size / MIB + 2 * domain_mib(o);
    return format("%lluM", (unsigned long long)mib);
}

/* Xen itself, fetched once. */
static char *hypervisor(void)
{
    char *folder = path_join(cache_root(), "xen-arm64");
    char *script = path_join(source_root(), "driver/xen/hypervisor.sh");
    char *xen = path_join(folder, "xen"), *log = format("%s.log", folder);
    const char *argv[] = {"bash", script, folder, NULL};
    struct lock *lock = cache_lock("xen-arm64");

    if (!file_exists(xen)) {
        progress("fetching Xen for ARM, once");
        make_dirs(folder);
        int status = run(argv, &(struct run){.out = log});
        progress_end();
        if (status)
            fail("Xen for ARM cannot be fetched (%s): %s", log,
                 file_read(log, NULL));
    }
    cache_unlock(lock);
    return xen;
}

void first_qemu(const struct options *o, const char *line, const char ***argv)
{
    if (strlen(line) > LINE_MOST)
        fail("%s: arguments of %zu bytes; Xen passes %d", o->image,
             strlen(line), LINE_MOST);
    const char *words[] = {
        "-kernel",
        hypervisor(),
        "-append",
        format("console=%s loglvl=all guest_loglvl=all dom0_mem=%lluM",
               o->host_log ? "dtuart" : "none",
               (unsigned long long)domain_mib(o)),
        "-device",
        format("guest-loader,addr=%#x,kernel=%s,bootargs=%s", IMAGE_AT,
               qemu_value(o->image), qemu_value(line)),
        NULL};
    for (const char *const *w = words; *w; w++)
        arrput(*argv, *w);
}
