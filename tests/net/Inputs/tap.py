# SPDX-License-Identifier: BSD-2-Clause
# tap.py FOLDER: the images in it over a tap device, which is made for that.
import fcntl
import os
import socket
import struct
import sys

from net import MACHINES, Image, check, connect, datagram, echo, quit_image

SET_KEEP, SET_ADDRESS, SET_MASK, SET_FLAGS = 0x400454cb, 0x8916, 0x891c, 0x8914
UP = 0x41
HERE, THERE = "10.231.77.1", "10.231.77.2"


class Tap:
    """A device that stays for who opens it next, until this is closed."""

    def __init__(self, name):
        self.name = name.encode()
        self.fd = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.fd, 0x400454ca,
                    struct.pack("16sH22x", self.name, 0x1002))
        fcntl.ioctl(self.fd, SET_KEEP, 1)
        os.close(self.fd)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            for what, value in ((SET_ADDRESS, HERE), (SET_MASK, "255.255.255.0")):
                fcntl.ioctl(s, what, struct.pack(
                    "16sHH4s8x", self.name, socket.AF_INET, 0,
                    socket.inet_aton(value)))
            fcntl.ioctl(s, SET_FLAGS, struct.pack("16sH22x", self.name, UP))

    def close(self):
        fd = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(fd, 0x400454ca, struct.pack("16sH22x", self.name, 0x1002))
        fcntl.ioctl(fd, SET_KEEP, 0)
        os.close(fd)


name = f"uct{os.getpid() % 100000}"
tap = Tap(name)
data = bytes(i * 7 % 251 for i in range(1000000))
there = (THERE, 7)


def serve(what, image, *options):
    run = Image(image, *options, "--net", f"tap={name}", "--ip",
                f"{THERE}/24:{HERE}")
    streams = [connect(there) for _ in range(20)]
    check(f"{what}: streams", all(echo(s, data[:50000]) for s in streams) and
          echo(streams[0], data))
    check(f"{what}: datagrams", all(datagram(there, data[:n]) == data[:n]
                                    for n in (0, 1, 1472, 1473, 20000)))
    check(f"{what}: exit", quit_image(there, run) == 0)


try:
    serve("linuxu", sys.argv[1] + "/linuxu-x86_64/image")
    for machine in MACHINES:
        serve(machine, sys.argv[1] + "/kvm-x86_64/image", "--machine", machine)
finally:
    tap.close()
