# SPDX-License-Identifier: BSD-2-Clause
"""crash.py TEST SEED SYNCS STOPS [--linux] MKE2FS-OPTION...: see tests/storage/crash.c.

Builds the disk as it was when the machine stopped at a random place of the
record: all up to the last flush before it, and of what was written after that
each sector or not. Two of three stops are right before a flush, where most can
be lost.
"""
import os
import random
import shutil
import struct
import subprocess
import sys

SECTOR = 512
WRITE, FLUSH, MARK = range(3)


def read_record(path):
    """[(kind, at, data)]"""
    record = []
    with open(path, "rb") as f:
        while head := f.read(16):
            at, length, kind = struct.unpack("<QII", head)
            record.append((kind, at, f.read(length)))
    return record


def stop(record, cut, base, disk, rng):
    """Makes the disk; the number of the last mark."""
    shutil.copyfile(base, disk)
    mark = 0
    last_flush = 0
    for i, (kind, at, _) in enumerate(record[:cut]):
        if kind == FLUSH:
            last_flush = i
        elif kind == MARK:
            mark = at
    lose = rng.choice((0, 0, 0.2, 0.5, 0.9))
    with open(disk, "r+b") as f:
        for i, (kind, at, data) in enumerate(record[:cut]):
            if kind != WRITE:
                continue
            for s in range(0, len(data), SECTOR):
                if i > last_flush and rng.random() < lose:
                    continue
                f.seek(at + s)
                f.write(data[s:s + SECTOR])
    return mark


def files(disk, folder):
    """The lines that crash.c writes."""
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    subprocess.run(["debugfs", "-R", f"rdump / {folder}", disk], check=True,
                   stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    lines = []
    for where, dirs, names in os.walk(folder):
        if where == folder:
            dirs[:] = [d for d in dirs if d != "lost+found"]
        for n in dirs + names:
            path = os.path.join(where, n)
            name = path[len(folder):]
            if os.path.islink(path):
                lines.append(f"l {len(os.readlink(path))} {name}")
            elif os.path.isdir(path):
                lines.append(f"d {name}")
            else:
                total = 5381
                with open(path, "rb") as f:
                    data = f.read()
                for c in data:
                    total = (total * 33 + c) & 0xFFFFFFFF
                lines.append(f"f {len(data)} {total} {name}")
    return sorted(lines)


def state(out, n):
    if n == 0:
        return []
    with open(f"{out}/{n}") as f:
        return sorted(f.read().splitlines())


def fsck(disk):
    r = subprocess.run(["e2fsck", "-fn", disk], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, text=True)
    if r.returncode:
        sys.exit(f"{disk}: e2fsck:\n{r.stdout}")


def replay(disk, how, test):
    if how == "e2fsck":
        r = subprocess.run(["e2fsck", "-E", "journal_only", "-fy", disk],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return r.returncode & ~1 == 0
    if how == "linux":
        folder = test + ".mnt"
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["mount", "-o", "loop", disk, folder], check=True)
        subprocess.run(["umount", folder], check=True)
        return True
    env = dict(os.environ, DISK=disk)
    env.pop("DISK_LOG", None)
    return subprocess.run([test, "replay"], env=env).returncode == 0


def needs_replay(disk):
    with open(disk, "rb") as f:
        f.seek(1024 + 0x60)
        return struct.unpack("<I", f.read(4))[0] & 4 != 0


def main():
    test, seed, syncs, stops = sys.argv[1], *map(int, sys.argv[2:5])
    ways = ("e2fsck", "ours")
    if "--linux" in sys.argv:
        sys.argv.remove("--linux")
        ways = ("linux",)
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    test = os.path.abspath(test)
    base, work, disk = test + ".base", test + ".work", test + ".stopped"
    log, out = test + ".log", test + ".states"
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    with open(base, "wb") as f:
        f.truncate(24 << 20)
    subprocess.run(["mke2fs", "-q", *sys.argv[5:], base], check=True)
    shutil.copyfile(base, work)
    subprocess.run([test, str(seed), str(syncs), out], check=True,
                   env=dict(os.environ, DISK=work, DISK_LOG=log))
    record = read_record(log)
    flushes = [i for i, r in enumerate(record) if r[0] == FLUSH]
    rng = random.Random(seed)
    replays = 0
    for i in range(stops):
        cut = rng.choice(flushes) if i % 3 else rng.randrange(len(record) + 1)
        mark = stop(record, cut, base, disk, rng)
        replays += needs_replay(disk)
        if not replay(disk, ways[i % len(ways)], test):
            sys.exit(f"stop {i} at {cut}: the journal cannot be replayed")
        fsck(disk)
        now = files(disk, test + ".files")
        wanted = [state(out, n) for n in (mark, mark + 1)
                  if n <= syncs]
        if mark == 0: # nothing was promised: directories may be there
            wanted.append(now)
        if now not in wanted:
            gone = sorted(set(wanted[0]) - set(now))
            new = sorted(set(now) - set(wanted[0]))
            sys.exit(f"stop {i} at {cut} of {len(record)}, sync {mark}: "
                     f"lost {gone}, instead {new}")
    print(f"{stops} stops, {replays} with a journal to replay: nothing lost")
    for path in (base, work, disk, log):
        os.remove(path)


main()
