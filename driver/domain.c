/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * domain.c: what others start the image with, beside it: image.xl for xl, where
 * it is a guest of Xen, image.xml for libvirt, where it is one of QEMU. Both
 * are of 128 MiB, have the devices that the image can use (`pick`), and name
 * the image by its place; a disk or a folder with its files is to be put beside
 * it.
 */
#include "specialize.h"
#include "xl.h"

#include <stdlib.h>
#include <string.h>

enum {
    MIB = 128
};

static bool has_device(const char *pick, const char *name)
{
    char *line = format("\ndevice %s\n", name);
    bool has = strstr(pick, line);

    free(line);
    return has;
}

/* ---- xl ---- */

static void write_xl(struct buf *b, const struct job *job, const char *pick,
                     const char *image)
{
    char *disk =
        format("format=raw, vdev=xvda, access=rw, target=%s.disk", image);
    char *share = format("%s.share", image);
    struct xl x = {
        .name = job->app->name,
        .platform = job->target->platform,
        .kernel = image,
        .line = job->app->name,
        .mib = MIB,
        .disk = has_device(pick, "xen-blk") ? disk : NULL,
        .share = has_device(pick, "xen-9p") ? share : NULL,
        .net = has_device(pick, "xen-net"),
    };

    buf_str(b, "# xl create -c image.xl\n");
    xl_write(b, &x);
    if (has_device(pick, "e1000"))
        buf_str(b, "# its network card, once `xl pci-assignable-add` has it:\n"
                   "# pci = [ \"BDF\" ]\n"
                   "driver_domain = 1\n");
    free(disk);
    free(share);
}

/* ---- libvirt ---- */

static void put_text(struct buf *b, const char *s)
{
    for (; *s; s++)
        if (*s == '<' || *s == '&')
            buf_str(b, *s == '<' ? "&lt;" : "&amp;");
        else if (*s == '\'')
            buf_str(b, "&apos;");
        else
            buf_add(b, s, 1);
}

static void put_path(struct buf *b, const char *before, const char *image,
                     const char *after)
{
    buf_str(b, before);
    put_text(b, image);
    buf_str(b, after);
}

static void put_devices(struct buf *b, const char *pick, const char *image)
{
    buf_str(b, "  <devices>\n"
               "    <serial type='pty'/>\n"
               "    <console type='pty'/>\n");
    if (has_device(pick, "virtio-net"))
        buf_str(b, "    <interface type='network'>\n"
                   "      <source network='default'/>\n"
                   "      <model type='virtio'/>\n"
                   "    </interface>\n");
    if (has_device(pick, "virtio-blk"))
        put_path(b,
                 "    <disk type='file' device='disk'>\n"
                 "      <driver name='qemu' type='raw'/>\n"
                 "      <source file='",
                 image,
                 ".disk'/>\n"
                 "      <target dev='vda' bus='virtio'/>\n"
                 "    </disk>\n");
    if (has_device(pick, "virtio-9p"))
        put_path(b,
                 "    <filesystem type='mount' accessmode='passthrough'>\n"
                 "      <source dir='",
                 image,
                 ".share'/>\n"
                 "      <target dir='root'/>\n"
                 "    </filesystem>\n");
    buf_str(b, "    <controller type='usb' model='none'/>\n"
               "    <memballoon model='none'/>\n"
               "  </devices>\n");
}

static void write_xml(struct buf *b, const struct job *job, const char *pick,
                      const char *image)
{
    const char *arch = job->target->arch;
    bool pc = !strcmp(arch, "x86_64");

    buf_str(b, "<domain type='kvm'>\n  <name>");
    put_text(b, job->app->name);
    buf_printf(b,
               "</name>\n"
               "  <memory unit='MiB'>%d</memory>\n"
               "  <vcpu>1</vcpu>\n"
               "  <os>\n"
               "    <type arch='%s' machine='%s'>hvm</type>\n",
               MIB, strcmp(arch, "arm") ? arch : "armv7l", pc ? "q35" : "virt");
    put_path(b, "    <kernel>", image, "</kernel>\n    <cmdline>");
    put_text(b, job->app->name);
    buf_printf(b,
               "</cmdline>\n"
               "  </os>\n"
               "%s"
               "  <cpu mode='host-passthrough'/>\n"
               "  <on_reboot>destroy</on_reboot>\n",
               pc ? "  <features><acpi/></features>\n" : "");
    put_devices(b, pick, image);
    buf_str(b, "</domain>\n");
}

void domain_write(const struct job *job, const char *dir)
{
    const char *platform = job->target->platform;
    bool xen = xl_starts(platform);
    char *text = file_read(path_join(dir, "pick"), NULL);
    char *parent = path_dir(job->dir);
    char *real = realpath(parent, NULL);
    struct buf b = {0};

    if (!xen && strcmp(platform, "kvm") != 0)
        return;
    if (!text || !real)
        die_ours("%s: %s", dir, text ? parent : "pick");
    char *image = format("%s/%s/image", real, path_base(job->dir));
    (xen ? write_xl : write_xml)(&b, job, text, image);
    char *path = path_join(dir, xen ? "image.xl" : "image.xml");
    file_write(path, b.p, b.n);
    buf_free(&b);
    free(path);
    free(image);
    free(real);
    free(parent);
    free(text);
}
