/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_disk.c: where a program's files are: --disk and --share, which must go
 * with what the image was made for. Under QEMU they are virtio devices, as is
 * what makes random bytes. On
 * linuxu the disk is descriptor 3, where block/file looks for it, and the
 * folder becomes the root.
 */
#define _GNU_SOURCE
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void disk_source(struct source *s, const char *option, const char *value)
{
    size_t n = strlen(value);

    s->read_only = has_suffix(value, ",ro");
    char *path = xstrndup(value, n - (s->read_only ? 3 : 0));
    s->path = realpath(path, NULL);
    if (!s->path)
        fail("%s %s: %s", option, path, strerror(errno));
    bool folder = is_dir(s->path);
    if (folder != !strcmp(option, "--share"))
        fail("%s %s: expected a %s", option, path, folder ? "file" : "folder");
    if (access(s->path, s->read_only ? R_OK : R_OK | W_OK) != 0)
        fail("%s %s: %s (`,ro`: only to be read)", option, path,
             strerror(errno));
    free(path);
}

/* What the image was made for, and what it is given, must be the same. */
void disk_check(const struct options *o, const struct image *image)
{
    bool disk = image_has_device(image, "virtio-blk") ||
                image_has_device(image, "ata") ||
                image_has_device(image, "xen-blk") ||
                image_has_device(image, "file-disk");
    bool share = image_has_device(image, "virtio-9p") ||
                 image_has_device(image, "xen-9p") ||
                 image_has_device(image, "host-folder");

    if (o->disk.path && !disk)
        fail("%s: it has no files on a disk; unicore-specialize --disk makes "
             "it so",
             o->image);
    if (o->share.path && !share)
        fail("%s: its files are not in a folder; unicore-specialize --share "
             "makes it so",
             o->image);
    if (o->cwd && (!share || !strcmp(image->platform, "linuxu")))
        fail("%s: --cwd goes with --share, and not on linuxu", o->image);
    if (o->disk.read_only && image_has_device(image, "ata"))
        fail("--disk %s,ro: it cannot be given to a machine as one that is "
             "only to be read; `,ro` is for kvm and linuxu",
             o->disk.path);
    if (disk && !o->disk.path)
        fail("%s: its files are on a disk: say which, with --disk", o->image);
    if (share && o->share.read_only && !strcmp(image->platform, "linuxu"))
        fail("--share %s,ro: as a process the image may do what you may; "
             "`,ro` is for kvm",
             o->share.path);
    if (share && !o->share.path)
        fail("%s: its files are in a folder: say which, with --share",
             o->image);
}

/* ---- kvm ---- */

/* The machines differ in how a virtio device is attached. */
static void add_virtio(const char ***argv, bool mmio, const char *kind,
                       const char *properties)
{
    arrput(*argv, "-device");
    arrput(*argv, format("virtio-%s-%s%s%s", kind, mmio ? "device" : "pci",
                         properties, mmio ? "" : ",disable-legacy=on"));
}

/* q35 has AHCI, pc has IDE. */
static void add_ata(const char ***argv)
{
    arrput(*argv, "-device");
    arrput(*argv, "ide-hd,drive=disk,bus=ide.0");
}

void disk_qemu(const struct options *o, const struct image *image,
               const char ***argv)
{
    bool mmio = qemu_mmio(o, image);
    const struct source *disk = &o->disk, *share = &o->share;

    if (disk->path) {
        arrput(*argv, "-drive");
        arrput(*argv, format("if=none,id=disk,format=raw,file=%s%s",
                             qemu_value(disk->path),
                             disk->read_only ? ",readonly=on" : ""));
        if (image_has_device(image, "ata"))
            add_ata(argv);
        else
            add_virtio(argv, mmio, "blk", ",drive=disk");
    }
    if (image_has_device(image, "virtio-rng"))
        add_virtio(argv, mmio, "rng", "");
    if (share->path) {
        arrput(*argv, "-fsdev"); /* remap: numbers of several file systems */
        arrput(
            *argv,
            format(
                "local,id=share,security_model=none,multidevs=remap,path=%s%s",
                qemu_value(share->path),
                share->read_only ? ",readonly=on" : ""));
        add_virtio(argv, mmio, "9p", ",fsdev=share,mount_tag=root");
    }
}

/* ---- linuxu ---- */

void disk_open(const struct source *disk)
{
    enum {
        DISK = 3
    };
    int fd;

    if (!disk->path)
        return;
    fd = open(disk->path, disk->read_only ? O_RDONLY : O_RDWR);
    if (fd < 0 || dup2(fd, DISK) < 0) {
        dprintf(2, "%s: error: --disk %s: %s\n", prog, disk->path,
                strerror(errno));
        _exit(EXIT_OURS);
    }
    if (fd != DISK)
        close(fd);
}

void disk_enter(const struct source *share)
{
    if (!share->path)
        return;
    if ((geteuid() != 0 && unshare(CLONE_NEWUSER) != 0) ||
        chroot(share->path) != 0 || chdir("/") != 0) {
        dprintf(2, "%s: error: --share %s: cannot become the root: %s\n", prog,
                share->path, strerror(errno));
        _exit(EXIT_OURS);
    }
}
