# SPDX-License-Identifier: BSD-2-Clause
"""sqlite_crash.py IMAGE MODE RUNS WORK: a machine that writes with SQLite is
killed at a random moment, and its disk may have lost what was not flushed.

QEMU's blklogwrites records what the guest wrote and flushed. The disk is made
anew up to a random flush, or to the end, with some of the sectors written
after that; e2fsck replays the journal and finds nothing else, and SQLite's own
check finds the database sound. At the end every row is there whose commit was
acknowledged on the console; before it never less than at an earlier flush.
"""
import os
import random
import shutil
import subprocess
import sys
import time

import disk_log
from disk_log import FLUSH, make, read_log, run

ROWS = 2000


def script(mode):
    yield "pragma locking_mode=exclusive;\n" if mode == "wal" else ""
    yield f"pragma journal_mode={mode};\n"
    yield "create table if not exists t(id integer primary key, v text);\n"
    for i in range(ROWS):
        yield f"insert into t values({i + 1}, hex(randomblob({i * 37 % 900})));\n"
        if i % 5 == 4:
            yield f"delete from t where id={i - 2};\n"
        yield "select writefile('/dev/stdout', 'ack ' || max(id) || char(10)) from t;\n"


def write_until_killed(image, mode, disk, log, seconds, work):
    """The last id that was acknowledged."""
    with open(f"{work}/status", "wb") as status:
        argv = disk_log.command(disk, log, f"{work}/status", image, "/a.db")
        p = subprocess.Popen(argv, stdin=subprocess.PIPE,
                             stdout=open(f"{work}/console", "wb"),
                             stderr=open(f"{work}/messages", "wb"))
        status.flush()
        os.set_blocking(p.stdin.fileno(), False)
        # 0x16 comes first, and text has nothing that needs an escape
        text = b"\x16\x16" + "".join(script(mode)).encode()
        end = time.time() + seconds
        while time.time() < end and p.poll() is None:
            try:
                text = text[os.write(p.stdin.fileno(), text[:65536]):]
            except BlockingIOError:
                pass
            time.sleep(0.005)
        if p.poll() is not None:
            sys.exit("the machine ended by itself: " +
                     open(f"{work}/messages").read())
        p.kill()
        p.wait()
    acks = [w for w in open(f"{work}/console", "rb").read().split(b"\n")
            if w.startswith(b"ack ") and w[4:].strip().isdigit()]
    return int(acks[-2][4:]) if len(acks) > 1 else 0


def last_row(disk, work, what):
    """What is in the database, which is sound, as is the disk."""
    disk_log.check(disk, what)
    for name in ("a.db", "a.db-journal", "a.db-wal", "a.db-shm"):
        if os.path.exists(f"{work}/{name}"):
            os.remove(f"{work}/{name}")
        run("debugfs", "-R", f"dump /{name} {work}/{name}", disk)
        path = f"{work}/{name}"
        if os.path.exists(path) and os.path.getsize(path) == 0:
            os.remove(path)
    answer = run("sqlite3", f"{work}/a.db",
                 "create table if not exists t(id integer primary key, v);"
                 "pragma integrity_check; select ifnull(max(id), 0) from t")
    lines = answer.stdout.split()
    if answer.returncode or lines[0] != "ok":
        sys.exit(f"{what}: {answer.stdout}")
    return int(lines[1])


def main():
    image, mode, runs, work = sys.argv[1:5]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    base, disk, log = f"{work}/base", f"{work}/disk", f"{work}/log"
    rng = random.Random(len(mode))
    acknowledged = stops = 0
    for i in range(int(runs)):
        disk_log.new_disk(base, 16 << 20)
        shutil.copyfile(base, disk)
        open(log, "wb").close()
        ack = write_until_killed(image, mode, disk, log, rng.uniform(0.7, 3),
                                 work)
        entries = read_log(log)
        flushes = [n for n, e in enumerate(entries) if e[0] & FLUSH]
        cuts = sorted(rng.sample(flushes, min(6, len(flushes)))) + flushes[-1:]
        row = before = 0
        for cut in cuts:
            make(entries, cut, base, disk, rng)
            row = last_row(disk, work, f"run {i}, flush at {cut}")
            if row < before:
                sys.exit(f"run {i}: row {before} was there, now {row} is last")
            before = max(before, row - 1) # the next may have been kept by luck
            stops += 1
        if row < ack:
            sys.exit(f"run {i}: {ack} was acknowledged, {row} is the last")
        acknowledged += ack
    print(f"{mode}: {stops} stops, {acknowledged} commits acknowledged: "
          "nothing lost")
    if not acknowledged:
        sys.exit("nothing was ever acknowledged")


main()
