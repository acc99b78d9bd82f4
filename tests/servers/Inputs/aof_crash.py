# SPDX-License-Identifier: BSD-2-Clause
"""aof_crash.py IMAGE NATIVE RUNS WORK [SEED]: a machine with Redis and an AOF
that is written for each command (appendfsync always) is killed while clients
write, and its disk may have lost what was not flushed (disk_log.py).

Each write that was acknowledged is noted. Afterwards e2fsck finds the disk
sound, redis-check-aof the AOF (but for a last command that is not whole), and
the program itself loads it on Linux: every acknowledged write is there, and
none that was never sent. Every third run has the AOF rewritten meanwhile.
The control: without the AOF's last part something is missing.
"""
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

import disk_log
from disk_log import FLUSH, make, read_log, run

CLIENTS, AT_ONCE = 4, 8


def words(*args):
    args = [str(a).encode() for a in args]
    return b"*%d\r\n" % len(args) + b"".join(
        b"$%d\r\n%s\r\n" % (len(a), a) for a in args)


def connect(port, limit):
    end = time.time() + limit
    while time.time() < end:
        try:
            s = socket.create_connection(("127.0.0.1", port), 5)
            s.sendall(words("PING"))
            if s.recv(7) == b"+PONG\r\n":
                return s, s.makefile("rb")
            s.close()
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit(f"nobody answers on port {port}")


def answer(f):
    line = f.readline()
    if not line.endswith(b"\n"):
        raise OSError("closed")
    if line[:1] == b"$":
        n = int(line[1:])
        return f.read(n + 2)[:-2] if n >= 0 else None
    if line[:1] == b"*":
        return [answer(f) for _ in range(int(line[1:]))]
    if line[:1] == b"-":
        sys.exit(f"the server: {line}")
    return line[1:-2]


class Client(threading.Thread):
    """Counts up and adds to a list, AT_ONCE at a time; value n is n * n."""

    def __init__(self, port, k, rng):
        super().__init__(daemon=True)
        self.port, self.k, self.rng = port, k, rng
        self.sent = self.acked = 0

    def run(self):
        s, f = connect(self.port, 60)
        try:
            while True:
                first, n = self.sent, self.rng.randint(1, AT_ONCE)
                self.sent += n
                s.sendall(b"".join(
                    words("SET", f"{self.k}:{i}", "v%d" % (i * i) * (i % 40 + 1)) +
                    words("RPUSH", f"list{self.k}", i) for i in range(first, first + n)))
                for _ in range(n):
                    answer(f)
                    answer(f)
                    self.acked += 1
        except OSError:
            pass


def write_until_killed(image, disk, log, seconds, work, rng, rewrite):
    with socket.create_server(("127.0.0.1", 0)) as s:
        port = s.getsockname()[1]
    argv = disk_log.command(
        disk, log, f"{work}/status", "--fwd", f"{port}:6379", "--mem", "128M",
        image, "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "",
        "--appendonly", "yes", "--appendfsync", "always", "--dir", "/",
        "--auto-aof-rewrite-percentage", "0")
    with open(f"{work}/console", "wb") as out, open(f"{work}/status", "wb"):
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out,
                             stderr=out)
        s, f = connect(port, 60)
        clients = [Client(port, k, random.Random(rng.random())) for k in range(CLIENTS)]
        for c in clients:
            c.start()
        end = time.time() + seconds
        if rewrite:
            time.sleep(seconds / 3)
            s.sendall(words("BGREWRITEAOF"))
        time.sleep(max(0, end - time.time()))
        if p.poll() is not None:
            sys.exit("the machine ended by itself: " + open(f"{work}/console").read())
        p.kill()
        p.wait()
        for c in clients:
            c.join(20)
    return clients


def extract(disk, work):
    folder = f"{work}/files"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    run("debugfs", "-R", f"rdump /appendonlydir {folder}", disk)
    return folder


def check_aof(native, folder, what):
    """True if the last command was not whole, and was cut off."""
    manifest = f"{folder}/appendonlydir/appendonly.aof.manifest"
    argv = ["redis-check-aof", manifest]
    result = subprocess.run(argv, executable=native, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not result.returncode:
        return False
    result = subprocess.run([argv[0], "--fix", manifest], executable=native,
                            input="y\n", stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    lost = re.search(r"shrinks.* (\d+) bytes, with (\d+) bytes", result.stdout)
    # one event loop's writes of all clients are one write(), of which a part
    # may be there
    most = CLIENTS * AT_ONCE * 400
    if result.returncode or not lost or int(lost[2]) > most:
        sys.exit(f"{what}: redis-check-aof: {result.stdout}")
    return True


def load(native, folder, what, clients):
    """Acknowledged writes that are missing, when the program has loaded it."""
    path = f"{folder}/socket"
    log = open(f"{folder}/log", "wb")
    p = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", path, "--dir", folder,
         "--save", "", "--appendonly", "yes", "--appendfsync", "no"],
        executable=native, stdout=log, stderr=log)
    try:
        s = socket.socket(socket.AF_UNIX)
        for _ in range(400):
            try:
                s.connect(path)
                s.sendall(words("PING"))
                if s.recv(7) == b"+PONG\r\n":
                    break
                s.close()
            except OSError:
                pass
            s = socket.socket(socket.AF_UNIX)
            time.sleep(0.05)
        else:
            sys.exit(f"{what}: not loaded: " + open(f"{folder}/log").read())
        f = s.makefile("rb")
        missing = 0
        for c in clients:
            s.sendall(words("LRANGE", f"list{c.k}", 0, -1))
            have = [int(x) for x in answer(f)]
            if have != list(range(len(have))) or len(have) > c.sent:
                sys.exit(f"{what}: client {c.k}: its list is not what it sent")
            missing += max(0, c.acked - len(have))
            for i in range(0, c.sent):
                s.sendall(words("GET", f"{c.k}:{i}"))
                value = answer(f)
                expected = ("v%d" % (i * i) * (i % 40 + 1)).encode()
                if value is not None and value != expected:
                    sys.exit(f"{what}: {c.k}:{i} is {value}")
                missing += value is None and i < c.acked
        return missing
    finally:
        p.kill()
        p.wait()


def main():
    image, native, runs, work = sys.argv[1:5]
    rng = random.Random(sys.argv[5] if len(sys.argv) > 5 else 1)
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    base, disk, log = f"{work}/base", f"{work}/disk", f"{work}/log"
    acked = stops = cut_off = rewritten = control = 0
    for i in range(int(runs)):
        disk_log.new_disk(base, 64 << 20)
        shutil.copyfile(base, disk)
        open(log, "wb").close()
        clients = write_until_killed(image, disk, log, rng.uniform(0.5, 4),
                                     work, rng, i % 3 == 2)
        entries = read_log(log)
        flushes = [n for n, e in enumerate(entries) if e[0] & FLUSH]
        # what the last flush is sure of, three times; all that was written
        for cut in [flushes[-1]] * 3 + [len(entries) - 1]:
            make(entries, cut, base, disk, rng)
            what = f"run {i}, cut at {cut} of {len(entries)}"
            disk_log.check(disk, what)
            folder = extract(disk, work)
            cut_off += check_aof(native, folder, what)
            files = sorted(os.listdir(f"{folder}/appendonlydir"))
            rewritten += any(".2." in name for name in files)
            missing = load(native, folder, what, clients)
            if missing:
                sys.exit(f"{what}: {missing} acknowledged writes are missing")
            stops += 1
        acked += sum(c.acked for c in clients)
        if not control and sum(c.acked for c in clients):
            folder = extract(disk, work)
            last = f"{folder}/appendonlydir/{[n for n in files if n.endswith('.incr.aof')][-1]}"
            os.truncate(last, os.path.getsize(last) // 2)
            check_aof_cut = subprocess.run(
                ["redis-check-aof", "--fix", last], executable=native, input="y\n",
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
            control = check_aof_cut.returncode == 0 and load(native, folder, "control", clients)
    if not acked:
        sys.exit("nothing was ever acknowledged")
    print(f"{runs} kills, {stops} disks, {acked} writes acknowledged, "
          f"{cut_off} with a last command cut off, {rewritten} after a rewrite: none missing")
    print("control: some are missing in half of it" if control else "control: nothing is missing")


main()
