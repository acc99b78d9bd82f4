# SPDX-License-Identifier: BSD-2-Clause
# link.py IMAGE: the cable is pulled, by QEMU's monitor, and put back: nothing
# comes through meanwhile, and the stream goes on.
import socket
import sys
import threading
import time

from net import Image, check, connect, echo, free_port, quit_image

port = free_port()
here = ("127.0.0.1", port)
image = Image(sys.argv[1], "--fwd", f"{port}:7", "--qemu", "-monitor",
              "--qemu", "unix:monitor,server=on,wait=off")
monitor = socket.socket(socket.AF_UNIX)
monitor.connect("monitor")
data = bytes(i * 7 % 251 for i in range(200000))


def link(state):
    monitor.sendall(f"set_link net {state}\n".encode())
    time.sleep(0.3)


s = connect(here)
check("up", echo(s, data))
link("off")
s.sendall(b"hello")
s.settimeout(2)
try:
    got = s.recv(5)
except TimeoutError:
    got = None
check("down", got is None)
link("on")
s.settimeout(60)
check("up again", s.recv(5) == b"hello" and echo(s, data))
s.close()
check("exit", quit_image(here, image) == 0)
