# SPDX-License-Identifier: BSD-2-Clause
# faults.py IMAGE: streams over a network that loses, doubles, reorders and
# corrupts frames, and over a link that goes down and comes back.
import sys
import threading
import time

from net import ADDRESS, BadNetwork, Image, check, connect, echo, free_port
from net import quit_image

port = free_port()
here = ("127.0.0.1", port)
wire = BadNetwork([(port, 7)])
image = Image(sys.argv[1], "--ip", ADDRESS, "--net", "netdev=" + wire.spec(0))
data = bytes(i * 7 % 251 for i in range(300000))

check("a good network", echo(connect(here), data))
for fault, rate in (("lose", 0.03), ("double", 0.1), ("reorder", 0.1),
                    ("corrupt", 0.03)):
    wire.faults = {fault: rate}
    check(f"{fault}", echo(connect(here), data) and wire.counts[fault] > 5)
wire.faults = {"lose": 0.01, "double": 0.03, "reorder": 0.03, "corrupt": 0.01}
check("all of it", echo(connect(here), data))

s = connect(here)
wire.faults = {"lose": 1}
threading.Timer(3, lambda: wire.faults.clear()).start()
began = time.time()
check("no link for 3 seconds", echo(s, data) and time.time() - began > 3)
check("exit", quit_image(here, image) == 0)
wire.stop()
