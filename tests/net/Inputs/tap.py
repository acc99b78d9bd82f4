# SPDX-License-Identifier: BSD-2-Clause
# tap.py FOLDER: the images in it over a tap device, which is made for that.
import sys

from net import HERE, MACHINES, THERE, Image, Tap, check, connect, datagram, echo
from net import quit_image

tap = Tap()
data = bytes(i * 7 % 251 for i in range(1000000))
there = (THERE, 7)


def serve(what, image, *options):
    run = Image(image, *options, "--net", f"tap={tap.name}", "--ip",
                f"{THERE}/24:{HERE}")
    streams = [connect(there) for _ in range(20)]
    check(f"{what}: streams", all(echo(s, data[:50000]) for s in streams) and
          echo(streams[0], data))
    check(f"{what}: datagrams", all(datagram(there, data[:n]) == data[:n]
                                    for n in (0, 1, 1472, 1473, 20000)))
    check(f"{what}: exit", quit_image(there, run) == 0)


try:
    for arch in "x86_64", "arm", "mips":
        serve(f"linuxu-{arch}", f"{sys.argv[1]}/linuxu-{arch}/image")
    for machine in MACHINES:
        serve(machine, sys.argv[1] + "/kvm-x86_64/image", "--machine", machine)
finally:
    tap.close()
