# SPDX-License-Identifier: BSD-2-Clause
# short.py IMAGE MEMORY: a machine of little memory, and peers that send without
# reading what comes back: some are refused or have to wait, the others are
# served; once those are gone everybody is.
import socket
import sys

from net import Image, check, connect, echo, free_port, quit_image

port = free_port()
here = ("127.0.0.1", port)
image = Image(sys.argv[1], "--mem", sys.argv[2], "--fwd", f"{port}:7")
data = bytes(i * 7 % 251 for i in range(20000))
check("before", echo(connect(here), data))

greedy = []
for _ in range(90):
    s = socket.create_connection(here, timeout=10)
    s.setblocking(False)
    greedy.append(s)
stuck = 0
for _ in range(100):
    stuck = 0
    for s in greedy:
        try:
            s.send(bytes(65536))
        except BlockingIOError:
            stuck += 1
        except OSError:
            pass
print(f"stuck: {stuck > 45}", flush=True)
for s in greedy:
    s.close()
check("afterwards", echo(connect(here), data))
check("exit", quit_image(here, image) == 0)
