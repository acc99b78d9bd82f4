# SPDX-License-Identifier: BSD-2-Clause
# packet.py IMAGE: speaks to packet.c in frames: asks for its address, sends
# echoes of all sizes to it, to an address that is nobody's, and many at once;
# each answer is looked at.
import socket
import struct
import sys

from net import Image, check, free_port

us, them = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_DGRAM)
wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
wire.bind(("127.0.0.1", us))
wire.settimeout(20)
image = Image(sys.argv[1], "--net",
              f"netdev=socket,udp=127.0.0.1:{us},localaddr=127.0.0.1:{them}")
own = bytes.fromhex("020000000001")
ours, its = bytes([10, 0, 2, 2]), bytes([10, 0, 2, 15])


def send(frame):
    wire.sendto(frame.ljust(60, b"\0"), ("127.0.0.1", them))


def receive():
    while True:
        f = wire.recv(4096)
        if f[:6] == own:
            return f


def total(p):
    p += b"\0" * (len(p) % 2)
    s = sum(struct.unpack(f">{len(p) // 2}H", p))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


def echo(to, n, k):
    data = bytes((i * 7 + k) & 255 for i in range(n))
    icmp = struct.pack(">BBHHH", 8, 0, 0, 1, k) + data
    icmp = icmp[:2] + struct.pack(">H", total(icmp)) + icmp[4:]
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(icmp), 0, 0, 64, 1, 0,
                       ours, its)
    head = head[:10] + struct.pack(">H", total(head)) + head[12:]
    send(to + own + b"\x08\0" + head + icmp)
    return data


def answered(data):
    f = receive()
    n = struct.unpack(">H", f[16:18])[0]
    icmp = f[34:14 + n]
    return icmp[0] == 0 and icmp[8:] == data and total(icmp) == 0


send(b"\xff" * 6 + own + b"\x08\x06" + bytes([0, 1, 8, 0, 6, 4, 0, 1]) + own +
     ours + bytes(6) + its)
f = receive()
mac = f[6:12]
check("arp", f[20:22] == b"\0\2" and f[28:32] == its and f[22:28] == mac)
check("echoes", all(answered(echo(mac, n, n)) for n in range(1, 1472, 97)))
check("longest", answered(echo(mac, 1472, 1)))
check("for another", answered(echo(bytes.fromhex("0200000000aa"), 100, 2)))
good = True
for k in range(20):
    data = [echo(mac, 1000, 50 * k + i) for i in range(50)]
    good = good and all(answered(d) for d in data)
check("many", good)
send(mac + own + b"\x88\xb5" + b"end")
check("exit", image.finish() == 0)
for line in image.lines:
    print(line or "")
