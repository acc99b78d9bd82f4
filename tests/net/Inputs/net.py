# SPDX-License-Identifier: BSD-2-Clause
# net.py: what the tests of the network share: images that are running, a
# network between one and the host that can be bad, and streams to talk by.
import fcntl
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

ADDRESS = "10.0.2.15/24:10.0.2.2:10.0.2.3"
MACHINES = ("microvm", "q35")
PATIENCE = 60


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Image:
    """A running image; its output line by line."""

    def __init__(self, image, *options, ready="ready", env=None):
        self.lines = []
        self.process = subprocess.Popen(
            ["unicore-run", "-t", "300", *options, image],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=env)
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        if ready and not self.wait_for(ready):
            self.stop()
            sys.exit(f"{image}: not ready: {self.lines}")

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.rstrip())
                self.changed.notify_all()
        with self.changed:
            self.lines.append(None)
            self.changed.notify_all()

    def wait_for(self, text, seconds=PATIENCE):
        end = time.time() + seconds
        with self.changed:
            while not any(text in (l or "") for l in self.lines):
                left = end - time.time()
                if left <= 0 or None in self.lines:
                    return False
                self.changed.wait(left)
        return True

    def finish(self):
        """Its exit status, once it ends by itself."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.stop()
            return "does not end"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def connect(address, patience=PATIENCE):
    """A stream, once somebody is there and it is not reset at once."""
    end = time.time() + patience
    while True:
        try:
            s = socket.create_connection(address, timeout=PATIENCE)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return s
        except OSError:
            if time.time() > end:
                raise
            time.sleep(0.05)


def read_all(s, n):
    parts = []
    while n:
        part = s.recv(min(n, 65536))
        if not part:
            break
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


def echo(s, data, patience=PATIENCE):
    """Sends data and reads as much: is it the same?"""
    s.settimeout(patience)
    sender = threading.Thread(target=lambda: s.sendall(data), daemon=True)
    sender.start()
    back = read_all(s, len(data))
    sender.join()
    return back == data


def quit_image(address, image):
    s = connect(address)
    s.sendall(b"quit")
    try:
        s.recv(1)
    except OSError:
        pass
    s.close()
    return image.finish()


def datagram(address, data, tries=50):
    """Sends a datagram until one comes back: that one, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(1)
        for _ in range(tries):
            try:
                s.sendto(data, address)
                return s.recv(70000)
            except OSError:
                time.sleep(0.05)
    return None


class BadNetwork:
    """
    A wire between an image and QEMU's own network, which is in a QEMU without
    a machine: Ethernet frames as UDP datagrams, that `faults` (name to chance)
    loses, doubles, reorders and corrupts.
    """

    def __init__(self, forwards, seed=1):
        self.faults = {}
        self.chance = random.Random(seed)
        self.sides = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                      for _ in range(2)]
        for s in self.sides:
            s.bind(("127.0.0.1", 0))
        self.peers = [("127.0.0.1", free_port(socket.SOCK_DGRAM))
                      for _ in range(2)]
        self.held = []
        self.counts = {}
        self.macs = [None, None]
        self.deaf = None  # frames of the image to there are lost
        rules = "".join(f",hostfwd=tcp:127.0.0.1:{h}-:{g}" for h, g in forwards)
        self.router = subprocess.Popen(
            ["qemu-system-x86_64", "-M", "none", "-nodefaults", "-display",
             "none", "-netdev", "user,id=u" + rules,
             "-netdev", self.spec(1) + ",id=d",
             "-netdev", "hubport,id=a,hubid=0,netdev=u",
             "-netdev", "hubport,id=b,hubid=0,netdev=d"])
        threading.Thread(target=self.run, daemon=True).start()

    def spec(self, side):
        """What -netdev is told at the image's end (0) or the router's (1)."""
        here = self.sides[side].getsockname()[1]
        return (f"dgram,local.type=inet,local.host=127.0.0.1,"
                f"local.port={self.peers[side][1]},remote.type=inet,"
                f"remote.host=127.0.0.1,remote.port={here}")

    def happens(self, fault):
        if self.chance.random() >= self.faults.get(fault, 0):
            return False
        self.counts[fault] = self.counts.get(fault, 0) + 1
        return True

    def pass_on(self, frame, to):
        if self.happens("lose"):
            return
        if self.happens("corrupt"):
            at = self.chance.randrange(14, len(frame))
            bit = 1 << self.chance.randrange(8)
            frame = frame[:at] + bytes([frame[at] ^ bit]) + frame[at + 1:]
        copies = 2 if self.happens("double") else 1
        if self.happens("reorder"):
            self.held.append((frame, to))
            return
        for _ in range(copies):
            self.sides[to].sendto(frame, self.peers[to])
        for late, side in self.held:
            self.sides[side].sendto(late, self.peers[side])
        self.held = []

    def run(self):
        while True:
            ready, _, _ = select.select(self.sides, [], [])
            for s in ready:
                side = self.sides.index(s)
                try:
                    frame = s.recv(65536)
                    self.macs[side] = frame[6:12]
                    if side or not self.deaf or not self.deaf(frame[30:34]):
                        self.pass_on(frame, 1 - side)
                except OSError:
                    pass

    def inject(self, packet):
        """An IPv4 packet for the image, as if from the router."""
        self.sides[0].sendto(
            self.macs[0] + self.macs[1] + b"\x08\x00" + packet, self.peers[0])

    def stop(self):
        self.router.terminate()
        self.router.wait()


SET_KEEP, SET_ADDRESS, SET_MASK, SET_FLAGS = 0x400454cb, 0x8916, 0x891c, 0x8914
SET_NAME, UP, TAP_FLAGS = 0x400454ca, 0x41, 0x1002
HERE, THERE = "10.231.77.1", "10.231.77.2"


class Tap:
    """A device that stays for who opens it next, until this is closed."""

    def __init__(self):
        self.name = f"uct{os.getpid() % 100000}"
        self.keep(1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            for what, value in ((SET_ADDRESS, HERE), (SET_MASK, "255.255.255.0")):
                fcntl.ioctl(s, what, struct.pack(
                    "16sHH4s8x", self.name.encode(), socket.AF_INET, 0,
                    socket.inet_aton(value)))
            fcntl.ioctl(s, SET_FLAGS, struct.pack("16sH22x", self.name.encode(), UP))

    def keep(self, value):
        fd = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(fd, SET_NAME,
                    struct.pack("16sH22x", self.name.encode(), TAP_FLAGS))
        fcntl.ioctl(fd, SET_KEEP, value)
        os.close(fd)

    def close(self):
        self.keep(0)


def internet_sum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xffff)
    return ~((total >> 16) + total) & 0xffff


def syn_packet(source, port, to_port, number, target="10.0.2.15"):
    """The first packet of a connection that will never be made."""
    addresses = socket.inet_aton(source) + socket.inet_aton(target)
    tcp = struct.pack("!HHIIBBHHHBBH", port, to_port, number, 0, 6 << 4, 2,
                      65535, 0, 0, 2, 4, 1460)
    total = internet_sum(addresses + struct.pack("!HH", 6, len(tcp)) + tcp)
    tcp = tcp[:16] + struct.pack("!H", total) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0)
    total = internet_sum(ip + addresses)
    return ip[:10] + struct.pack("!H", total) + addresses + tcp


def check(what, good):
    print(f"{what}: {'good' if good else 'BAD'}", flush=True)
