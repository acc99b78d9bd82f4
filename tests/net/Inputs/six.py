# SPDX-License-Identifier: BSD-2-Clause
# six.py IMAGE: IPv6 and groups over a tap device: this computer is the router
# that says so, the neighbour, and who sends to groups.
import socket
import struct
import subprocess
import sys
import threading
import time

from net import HERE, MACHINES, THERE, Image, Tap, check, connect

GROUP4, GROUP6 = "239.1.2.3", "ff15::123"
MAC_PART = "5054:ff:fe12:3456" # QEMU's first device's

tap = Tap()
index = socket.if_nametoindex(tap.name)
subprocess.run(["sysctl", "-q", f"net.ipv6.conf.{tap.name}.disable_ipv6=0"],
               check=False)
for a in ("fd77::1/64", "fd78::1/64"):
    subprocess.run(["ip", "-6", "addr", "add", a, "dev", tap.name, "nodad"],
                   check=True)
running = True


def advertise():
    """Router advertisements for fd77::/64, each second (RFC 4861, 4.2)."""
    s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    packet = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0)
    packet += struct.pack("!BBBBIII", 3, 4, 64, 0xc0, 3600, 3600, 0)
    packet += socket.inet_pton(socket.AF_INET6, "fd77::")
    while running:
        try:
            s.sendto(packet, ("ff02::1", 0, 0, index))
        except OSError: # nobody has opened the device yet
            pass
        time.sleep(1)


def ask(to, data, tries=20):
    """Sends until an answer comes: it, or None."""
    six = ":" in to
    with socket.socket(socket.AF_INET6 if six else socket.AF_INET,
                       socket.SOCK_DGRAM) as s:
        s.settimeout(1)
        if six:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        else:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
                         socket.inet_aton(HERE))
        for _ in range(tries):
            try:
                s.sendto(data, (to, 7, 0, index) if six else (to, 7))
                return s.recv(3000)
            except OSError:
                time.sleep(0.1)
    return None


def answers(to, data):
    return ask(to, data) == to.encode() + b" " + data


def members():
    """The groups that the image is in, as it tells who asks (MLD, IGMP)."""
    return [ask(g, b"x", 2) for g in (GROUP4, GROUP6)]


def stream(to):
    with connect((to, 7)) as s:
        s.sendall(b"stream")
        return s.recv(100) == b"stream"


def again(n):
    """From one port, as soon as the image has ended the last connection."""
    tries = 0
    while n and tries < 400:
        tries += 1
        with socket.socket(socket.AF_INET6) as s:
            s.settimeout(20)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(("fd78::1", 40000))
            try:
                s.connect(("fd78::2", 7))
            except OSError: # this side has not seen the end yet
                time.sleep(0.02)
                continue
            try:
                s.sendall(b"again")
                if s.recv(100) != b"again" or s.recv(1):
                    return False
            except OSError:
                return False
            n -= 1
    return not n


def serve(what, options):
    run = Image(sys.argv[1], *options, "--net", f"tap={tap.name}", "--ip",
                f"{THERE}/24:{HERE},fd78::2/64,fe80::1")
    long = b"0123456789" * 190 # in two fragments
    check(f"{what}: link-local", answers("fe80::" + MAC_PART, b"a"))
    check(f"{what}: by router", answers("fd77::" + MAC_PART, b"b") and
          answers("fd77::" + MAC_PART, long))
    check(f"{what}: given", answers("fd78::2", b"c") and stream("fd78::2"))
    check(f"{what}: again", again(20))
    check(f"{what}: groups", answers(GROUP4, b"d") and answers(GROUP6, b"e"))
    check(f"{what}: left", ask(THERE, b"leave") and members() == [None, None])
    ask(THERE, b"quit")
    check(f"{what}: exit", run.finish() == 0)
    for line in run.lines:
        if line and line.startswith(("eth0", "left", "again")):
            print(f"{what}: {line}")


threading.Thread(target=advertise, daemon=True).start()
try:
    for machine in MACHINES:
        serve(machine, ("--machine", machine))
finally:
    running = False
    tap.close()
