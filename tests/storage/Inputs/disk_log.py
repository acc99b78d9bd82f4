# SPDX-License-Identifier: BSD-2-Clause
"""disk_log.py: a disk that is recorded while a machine writes, and is made anew
as it may be after the machine and the disk's cache have lost their power.

QEMU's blklogwrites records what the guest wrote and flushed.
"""
import os
import shutil
import struct
import subprocess
import sys

SECTOR = 512
FLUSH, DISCARD = 1, 4
os.environ["PATH"] += ":/usr/sbin:/sbin"


def run(*argv):
    return subprocess.run(argv, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)


def new_disk(path, size):
    with open(path, "wb") as f:
        f.truncate(size)
    subprocess.run(["mke2fs", "-q", "-t", "ext4", path], check=True)


def command(disk, log, status, *words):
    """unicore-run's for the disk and its other words, with a record."""
    words = subprocess.run(
        ["unicore-run", "--print-command", "--disk", disk, *words],
        check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    at = words.index("-drive")
    words[at:at + 2] = [
        "-blockdev", f"driver=file,node-name=raw,filename={disk},cache.no-flush=on",
        "-blockdev", f"driver=file,node-name=log,filename={log},cache.no-flush=on",
        "-blockdev", "driver=blklogwrites,node-name=disk,file=raw,log=log"]
    append, end = words.index("-append"), at
    if "-global" in words[append:at]:
        end = words.index("-global")
    words[append + 1:end] = [" ".join(words[append + 1:end])]
    return [w.replace("/dev/fd/3", status) for w in words]


def read_log(path):
    """[(flags, at, data)]"""
    entries = []
    with open(path, "rb") as f:
        data = f.read()
    at = SECTOR
    while at + 32 <= len(data):
        sector, count, flags, length = struct.unpack_from("<QQQQ", data, at)
        at += SECTOR
        if not count and not flags:
            break
        size = 0 if flags & (DISCARD | FLUSH) and not count else count * SECTOR
        if at + size > len(data):
            break
        entries.append((flags, sector * SECTOR, data[at:at + size]))
        at += size
    return entries


def make(entries, last, base, disk, rng):
    """All up to entry `last`, a flush, and some sectors after it."""
    shutil.copyfile(base, disk)
    with open(disk, "r+b") as f:
        for flags, at, data in entries[:last + 1]:
            f.seek(at)
            f.write(data)
        keep = rng.choice((0, 0.3, 0.8, 1))
        for flags, at, data in entries[last + 1:]:
            if flags & FLUSH:
                break
            for s in range(0, len(data), SECTOR):
                if rng.random() < keep:
                    f.seek(at + s)
                    f.write(data[s:s + SECTOR])


def check(disk, what):
    """The journal is replayed, and nothing else is wrong with it."""
    run("e2fsck", "-E", "journal_only", "-fy", disk)
    check = run("e2fsck", "-fn", disk)
    if check.returncode:
        sys.exit(f"{what}: e2fsck: {check.stdout}")
