# SPDX-License-Identifier: BSD-2-Clause
# stalls.py IMAGE: an image that reads nothing until its window is closed: the
# peer goes on as soon as it reads, and not when its own timer next asks. And a
# peer that reads nothing until it has to throw away what came: small pieces go
# on as well, once it reads.
import fcntl
import socket
import struct
import sys
import time

from net import HERE, THERE, Image, Tap, check, connect, read_all

PROMPT = 0.5 # seconds; a peer's timer takes a second or more
ALL = 1500000


def waits(s):
    """Bytes that are not across."""
    return struct.unpack("i", fcntl.ioctl(s, 0x5411, bytes(4)))[0]


def tell(what):
    with connect((THERE, 7)) as s:
        s.sendall(what)


def stalled():
    """Seconds from the first read until anything more goes."""
    s = connect((THERE, 7))
    s.setblocking(False)
    data, sent, first, then = b"s" * ALL, 0, None, 0
    end = time.time() + 30
    while time.time() < end and (not first or time.time() < first + 20):
        try:
            while sent < ALL:
                sent += s.send(data[sent:])
        except BlockingIOError:
            pass
        try:
            if not first and s.recv(1):
                first, then = time.time(), waits(s) - sent
        except BlockingIOError:
            pass
        if first and waits(s) - sent != then:
            break
        time.sleep(0.002)
    took = time.time() - first
    s.settimeout(60)
    s.sendall(data[sent:])
    s.close()
    return took


def crumbs(size, room):
    """Does what is owed come, as it was sent, if it is read late?"""
    s = connect((THERE, 7))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    s.settimeout(20)
    n = 400000
    for _ in range(20):
        s.sendall(bytes([size]) * (n // 20))
        time.sleep(0.02)
    s.shutdown(socket.SHUT_WR)
    try:
        return read_all(s, n) == bytes(range(251)) * (n // 251) + bytes(
            range(n % 251))
    except TimeoutError:
        return False
    finally:
        s.close()


tap = Tap()
try:
    image = Image(sys.argv[1], "--net", f"tap={tap.name}", "--ip",
                  f"{THERE}/24:{HERE}")
    check("a window that opens", stalled() < PROMPT)
    tell(b"w")
    check("a small one", stalled() < PROMPT)
    for size, room in ((5, 65536), (100, 8192), (20, 4096), (100, 8192)):
        check(f"pieces of {size}", crumbs(size, room))
    tell(b"q")
    check("exit", image.finish() == 0)
finally:
    tap.close()
