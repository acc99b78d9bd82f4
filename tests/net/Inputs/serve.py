# SPDX-License-Identifier: BSD-2-Clause
# serve.py IMAGE BAKED: streams and datagrams on both machines, by each way to
# an address: as QEMU's network has it, by DHCP, built into the image.
import socket
import sys

from net import MACHINES, Image, check, connect, datagram, echo, free_port
from net import quit_image

data = bytes(i * 7 % 251 for i in range(1000000))


def serve(what, image, *options):
    port, udp = free_port(), free_port(socket.SOCK_DGRAM)
    here = ("127.0.0.1", port)
    run = Image(image, *options, "--fwd", f"{port}:7", "--fwd", f"{udp}:7/udp")
    streams = [connect(here) for _ in range(20)]
    check(f"{what}: streams", all(echo(s, data[:50000]) for s in streams) and
          echo(streams[0], data))
    check(f"{what}: datagrams", all(
        datagram(("127.0.0.1", udp), data[:n]) == data[:n]
        for n in (0, 1, 1472, 1473, 20000)))
    check(f"{what}: exit", quit_image(here, run) == 0 and
          run.wait_for("most streams: 2"))


if __name__ == "__main__":
    for machine in MACHINES:
        serve(machine, sys.argv[1], "--machine", machine)
    serve("dhcp", sys.argv[1], "--ip", "dhcp")
    serve("built in", sys.argv[2])
