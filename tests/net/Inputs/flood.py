# SPDX-License-Identifier: BSD-2-Clause
# flood.py IMAGE: many begin a connection and never go on; who does is served
# at once, while it goes on and afterwards. Without it (the control) as well.
import random
import sys
import threading
import time

from net import ADDRESS, BadNetwork, Image, check, connect, echo, free_port
from net import quit_image, syn_packet

port = free_port()
here = ("127.0.0.1", port)
wire = BadNetwork([(port, 7)])
image = Image(sys.argv[1], "--mem", "32M", "--ip", ADDRESS, "--net",
              "netdev=" + wire.spec(0))
data = bytes(i * 7 % 251 for i in range(20000))
check("before", echo(connect(here), data))

# the answers to who never asked reach nobody, who would refuse them
wire.deaf = lambda ip: ip[:2] == bytes([10, 0]) and ip[2] != 2
sent = 0
running = True


def flood():
    global sent
    chance = random.Random(2)
    while running:
        for _ in range(20):
            source = f"10.0.{chance.randrange(4, 250)}.{chance.randrange(250)}"
            wire.inject(syn_packet(source, chance.randrange(1024, 65536), 7,
                                   chance.randrange(1 << 32)))
            sent += 1
        time.sleep(0.01)


thread = threading.Thread(target=flood)
thread.start()
while sent < 2000:
    time.sleep(0.01)
good = 0
for _ in range(20):
    good += echo(connect(here), data)
running = False
thread.join()
check("during", good == 20 and sent > 2000)
check("after", echo(connect(here), data))
check("exit", quit_image(here, image) == 0)
wire.stop()
