# SPDX-License-Identifier: BSD-2-Clause
# pieces.py IMAGE SECONDS [tap]: many streams of messages at once, in pieces of
# any size with pauses of any length; some are reset in the middle. Over QEMU's
# network, good and bad, or a tap device.
import random
import socket
import struct
import sys
import threading
import time

from net import ADDRESS, HERE, THERE, BadNetwork, Image, Tap, check, connect
from net import free_port

STREAMS = 12


def message(chance):
    n = chance.choice((1, 6, 30, 300, 3000, 60000))
    n = chance.randrange(1, n + 1)
    first = chance.randrange(256)
    return struct.pack("!H", n) + bytes((first + i) % 256 for i in range(n))


def send_slowly(s, data, chance):
    while data:
        n = min(len(data), chance.choice((1, 2, 7, 100, 1460, 5000, 65536)))
        s.sendall(data[:n])
        data = data[n:]
        if chance.random() < 0.3:
            time.sleep(chance.choice((0, 0.001, 0.01, 0.05)))


def one(address, chance):
    """A stream with some messages: how many were answered."""
    with connect(address) as s:
        s.settimeout(60)
        for i in range(chance.randrange(1, 9)):
            data = message(chance)
            if chance.random() < 0.15:
                send_slowly(s, data[:chance.randrange(1, len(data))], chance)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                             struct.pack("ii", 1, 0))
                return i
            together = chance.randrange(1, 4)
            send_slowly(s, data * together, chance)
            for _ in range(together):
                answer = s.recv(1)
                if answer != b"K":
                    raise ValueError(f"{answer} to a message of {len(data)}")
        return i + 1


def load(address, seconds):
    """Streams for so long: messages that were answered, and what was wrong."""
    done, wrong = [], []
    end = time.time() + seconds

    def run(seed):
        chance = random.Random(seed)
        while time.time() < end:
            try:
                done.append(one(address, chance))
            except (OSError, ValueError) as e:
                wrong.append(f"{type(e).__name__}: {e}")

    threads = [threading.Thread(target=run, args=(i,)) for i in range(STREAMS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sum(done), wrong


def report(what, result, image):
    n, wrong = result
    bad = [l for l in image.lines if l and l.startswith("bad")]
    for line in wrong + bad:
        print(f"{what}: {line}")
    print(f"{what}: {n} messages", file=sys.stderr)
    check(what, n > 20 and not wrong and not bad)


def end(address, image):
    with connect(address) as s:
        s.sendall(b"\0\0")
    check("exit", image.finish() == 0)


def over_tap(seconds):
    tap = Tap()
    try:
        image = Image(sys.argv[1], "--net", f"tap={tap.name}", "--ip",
                      f"{THERE}/24:{HERE}", "-t", str(seconds + 200))
        report("tap", load((THERE, 7), seconds), image)
        end((THERE, 7), image)
    finally:
        tap.close()


def over_qemu(seconds):
    port = free_port()
    here = ("127.0.0.1", port)
    wire = BadNetwork([(port, 7)])
    image = Image(sys.argv[1], "--ip", ADDRESS, "--net",
                  "netdev=" + wire.spec(0), "-t", str(2 * seconds + 200))
    report("good", load(here, seconds), image)
    wire.faults = {"lose": 0.01, "double": 0.03, "reorder": 0.03,
                   "corrupt": 0.01}
    report("faults", load(here, seconds), image)
    wire.faults = {}
    end(here, image)
    wire.stop()


if len(sys.argv) > 3:
    over_tap(float(sys.argv[2]))
else:
    over_qemu(float(sys.argv[2]))
