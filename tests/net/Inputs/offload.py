# SPDX-License-Identifier: BSD-2-Clause
# offload.py IMAGE: a megabyte there and back over a tap device, while all its
# frames are looked at: both sides send some that are longer than the MTU, which
# the device of the other cuts, or nobody has to.
import socket
import sys
import threading

from net import HERE, MACHINES, THERE, Image, Tap, check, connect, echo
from net import quit_image

MTU = 1500
OUTGOING = 4  # socket.PACKET_OUTGOING
tap = Tap()
longest = {True: 0, False: 0}  # by: is it from the image?


def watch(s):
    while True:
        try:
            frame, address = s.recvfrom(70000)
        except OSError: # the device is gone
            return
        from_image = address[2] != OUTGOING
        longest[from_image] = max(longest[from_image], len(frame) - 14)


watcher = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
watcher.bind((tap.name, 0))
threading.Thread(target=watch, args=[watcher], daemon=True).start()
data = bytes(i * 7 % 251 for i in range(1000000))
try:
    for machine in MACHINES:
        longest.update({True: 0, False: 0})
        run = Image(sys.argv[1], "--machine", machine, "--net",
                    f"tap={tap.name}", "--ip", f"{THERE}/24:{HERE}")
        check(f"{machine}: bytes", echo(connect((THERE, 7)), data))
        check(f"{machine}: long frames come", longest[False] > 10 * MTU)
        check(f"{machine}: long frames go", longest[True] > 4 * MTU)
        check(f"{machine}: exit", quit_image((THERE, 7), run) == 0)
finally:
    tap.close()
