/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_net.c: the network of an image: --net, --fwd, --ip.
 *
 *     user          QEMU's own: out by the host's sockets, in by --fwd
 *     tap=IFACE     a tap device of the host
 *     netdev=SPEC   anything else that QEMU's -netdev has
 *     none          no device
 *
 * QEMU's own network has one address to give: the image is told it (UC_IP),
 * which takes less time than to ask for it by DHCP; `--ip dhcp` has it ask.
 */
#define _GNU_SOURCE
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    TAP_FD = 4, /* libpool/netdev/tap */
    MOST_PORT = 65535
};

#define USER_ADDRESS "10.0.2.15/24:10.0.2.2:10.0.2.3"

/* ---- what was asked for ---- */

static bool is_user(const struct options *o)
{
    return !o->net || !strcmp(o->net, "user");
}

static const char *tap_name(const struct options *o)
{
    if (!o->net || !has_prefix(o->net, "tap=") || !o->net[4])
        return NULL;
    if (strlen(o->net + 4) >= IFNAMSIZ)
        fail("--net %s: a name has at most %d bytes", o->net, IFNAMSIZ - 1);
    return o->net + 4;
}

/* The device that images of QEMU's machines have, if they have one. */
static const char *qemu_device(const struct image *image)
{
    if (is_xen(image))
        return image_has_device(image, "e1000") ? "e1000" : "xen-net";
    if (strcmp(image->platform, "bare") != 0)
        return "virtio-net";
    return has_prefix(image->arch, "mips") ? "pcnet" : "e1000";
}

void net_check(const struct options *o, const struct image *image)
{
    bool kvm = strcmp(image->platform, "linuxu") != 0; /* or another of QEMU */
    bool device = image_has_device(image, qemu_device(image)) ||
                  image_has_device(image, "tap");
    const char *option = o->net   ? "--net"
                         : o->fwd ? "--fwd"
                         : o->ip  ? "--ip"
                                  : NULL;

    if (option && !device && !(o->net && !strcmp(o->net, "none")))
        fail("%s: the image has no network device (%s): %s", option,
             kvm ? "its program uses no sockets of the network"
                 : "it uses the host's network",
             o->image);
    if (o->net && !tap_name(o) &&
        !(kvm && (is_user(o) || !strcmp(o->net, "none") ||
                  has_prefix(o->net, "netdev="))))
        fail("--net %s: expected %s", o->net,
             kvm ? "user, tap=IFACE, netdev=SPEC or none" : "tap=IFACE");
    if (o->nic && strcmp(qemu_device(image), "e1000") != 0)
        fail("--nic: only a PC has a choice of network cards, and a guest of "
             "Xen "
             "that one is passed on to: %s",
             o->image);
    if (o->fwd && (!kvm || !is_user(o)))
        fail("--fwd: goes with --net user on kvm only");
    if (device && !kvm && !tap_name(o))
        fail("%s: it was made for a tap device: give it one by --net tap=IFACE",
             o->image);
}

/* UC_IP=...: what the image is to be told, or NULL. */
const char *net_word(const struct options *o, const struct image *image)
{
    if (!image_has_device(image, qemu_device(image)) &&
        !image_has_device(image, "tap"))
        return NULL;
    if (o->ip)
        return format("UC_IP=%s", o->ip);
    if (is_xen(image) && xen_here())
        return NULL;
    return is_user(o) ? "UC_IP=" USER_ADDRESS : NULL;
}

/* ---- QEMU ---- */

static int port(const char *s, char **end, const char *all)
{
    long n = strtol(s, end, 10);

    if (*end == s || n < 1 || n > MOST_PORT)
        fail("--fwd %s: expected HOSTPORT:GUESTPORT, or that and /udp", all);
    return (int)n;
}

static void add_forward(struct buf *b, const char *s)
{
    char *end;
    int host = port(s, &end, s), guest;

    if (*end != ':')
        fail("--fwd %s: expected HOSTPORT:GUESTPORT, or that and /udp", s);
    guest = port(end + 1, &end, s);
    if (*end && strcmp(end, "/udp") != 0 && strcmp(end, "/tcp") != 0)
        fail("--fwd %s: expected /tcp or /udp after the ports, found %s", s,
             end);
    buf_printf(b, ",hostfwd=%s:127.0.0.1:%d-:%d",
               strcmp(end, "/udp") ? "tcp" : "udp", host, guest);
}

static char *netdev(const struct options *o, const char *id)
{
    struct buf b = {0};

    if (tap_name(o)) {
        buf_printf(&b, "tap,ifname=%s,script=no,downscript=no", tap_name(o));
    } else if (!is_user(o)) {
        buf_str(&b, o->net + strlen("netdev="));
    } else {
        buf_str(&b, "user");
        for (size_t i = 0; i < arrlenu(o->fwd); i++)
            add_forward(&b, o->fwd[i]);
    }
    buf_printf(&b, ",id=%s", id);
    return b.p;
}

void net_qemu(const struct options *o, const struct image *image,
              const char ***argv)
{
    if (!image_has_device(image, qemu_device(image)) ||
        (o->net && !strcmp(o->net, "none")))
        return;
    arrput(*argv, "-netdev");
    arrput(*argv, netdev(o, "net"));
    arrput(*argv, "-device");
    if (!strcmp(image->platform, "bare"))
        arrput(*argv, format("%s,netdev=net,romfile=",
                             o->nic ? o->nic : qemu_device(image)));
    else
        arrput(*argv, qemu_mmio(o, image)
                          ? "virtio-net-device,netdev=net"
                          : "virtio-net-pci,netdev=net,romfile=");
}

void net_qemu_back(const struct options *o, const struct image *image,
                   const char ***argv)
{
    bool used = image_has_device(image, qemu_device(image)) &&
                !(o->net && !strcmp(o->net, "none"));
    bool passed = image_has_device(image, "e1000");
    const char *shut = "user,id=%s,restrict=on";

    arrput(*argv, "-netdev");
    arrput(*argv, used && !passed ? netdev(o, "net") : format(shut, "net"));
    if (!passed)
        return;
    arrput(*argv, "-netdev");
    arrput(*argv, used ? netdev(o, "nic") : format(shut, "nic"));
}

/* ---- linuxu ---- */

void net_open_tap(const struct options *o)
{
    struct ifreq r = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    const char *name = tap_name(o);
    int fd;

    if (!name)
        return;
    fd = open("/dev/net/tun", O_RDWR);
    if (fd < 0)
        fail("--net %s: /dev/net/tun: %s", o->net, strerror(errno));
    memcpy(r.ifr_name, name, strlen(name));
    if (ioctl(fd, TUNSETIFF, &r) != 0)
        fail("--net %s: %s", o->net, strerror(errno));
    if (fd != TAP_FD) {
        dup2(fd, TAP_FD);
        close(fd);
    }
    fcntl(TAP_FD, F_SETFD, 0);
}
