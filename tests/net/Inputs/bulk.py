# SPDX-License-Identifier: BSD-2-Clause
# bulk.py IMAGE: CPU time of the machine for 100 MiB into it and out of it over
# a tap device, with long frames of TCP and without: medians of some rounds.
import os
import statistics
import subprocess
import sys

from net import HERE, THERE, Image, Tap, connect, read_all

MEBIBYTE = bytes(1 << 20)
ROUNDS = 5
WITHOUT = [w for f in ("host_tso4", "host_tso6", "guest_tso4", "guest_tso6")
           for w in ("--qemu", "-global", "--qemu", f"virtio-net-device.{f}=off")]


def seconds(pid):
    """CPU time of a process and its children."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True,
                           text=True, check=False).stdout.split()
    ticks = 0
    for p in [str(pid)] + found:
        with open(f"/proc/{p}/stat", encoding="ascii") as f:
            ticks += sum(map(int, f.read().rsplit(")", 1)[1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def into():
    s = connect((THERE, 7))
    s.sendall(b"s")
    for _ in range(100):
        s.sendall(MEBIBYTE)
    s.shutdown(1)
    s.recv(1)


def out_of():
    s = connect((THERE, 7))
    s.sendall(b"g")
    if len(read_all(s, 100 << 20)) != 100 << 20:
        sys.exit("not all came")


def measure(tap, *options):
    run = Image(sys.argv[1], "--net", f"tap={tap.name}", "--ip",
                f"{THERE}/24:{HERE}", *options)
    costs = []
    for move in into, out_of:
        rounds = []
        for _ in range(ROUNDS):
            before = seconds(run.process.pid)
            move()
            rounds.append(seconds(run.process.pid) - before)
        costs.append(statistics.median(rounds))
    connect((THERE, 7)).sendall(b"q")
    run.finish()
    return costs


tap = Tap()
try:
    short, long = measure(tap, *WITHOUT), measure(tap)
finally:
    tap.close()
for way, s, l in zip(("into it", "out of it"), short, long):
    print(f"100 MiB {way}: {s:.2f} CPU s by short frames, {l:.2f} by long ones, "
          f"{s / l:.1f} times")
