# SPDX-License-Identifier: BSD-2-Clause
# load.py: what the loads of tests/servers/hour share: a machine whose memory
# can be read from outside, threads that load it no faster than is allowed, and
# ways to talk to it badly.
import collections
import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

PATIENCE = 60
ADDRESS = "10.9.0.2" # of the machine, in a network of our own
OURS = "10.9.0.1"


class Wrong(Exception):
    """The server's answer is not what it should be."""


def own_network():
    """
    Goes on in a network of its own, where net0 is a tap device. QEMU's user
    network loses, now and then, the first bytes of a stream.
    """
    if os.environ.get("UNICORE_NETWORK") != "own":
        os.environ["UNICORE_NETWORK"] = "own"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, *sys.argv])
    for command in ("link set lo up", "tuntap add net0 mode tap",
                    f"addr add {OURS}/24 dev net0", "link set net0 up"):
        subprocess.run(["ip", *command.split()], check=True)


# ---- the machine ----


class Machine:
    """
    An image under unicore-run. What it holds is read from its memory through
    QEMU's monitor, by the symbols of image.dbg: pages that somebody has, and
    the bytes of them that are the network's.
    """

    def __init__(self, image, folder, memory, arguments):
        self.console = open(folder + "/console", "wb")
        self.memory = int(memory.rstrip("M")) << 20
        path = folder + "/qmp"
        if os.path.exists(path):
            os.unlink(path)
        self.run = subprocess.Popen(
            ["unicore-run", "--mem", memory, "--net", "tap=net0", "--ip",
             f"{ADDRESS}/24:{OURS}", "--qemu", "-qmp", "--qemu",
             f"unix:{path},server=on,wait=off", image, *arguments],
            stdin=subprocess.DEVNULL, stdout=self.console,
            stderr=subprocess.STDOUT)
        self.monitor = self.connect(path)
        self.say("qmp_capabilities")
        children = f"/proc/{self.run.pid}/task/{self.run.pid}/children"
        with open(children, encoding="ascii") as f:
            self.pid = int(f.read().split()[0])
        self.symbols = read_symbols(image + ".dbg")

    def connect(self, path):
        end = time.time() + PATIENCE
        while True:
            s = socket.socket(socket.AF_UNIX)
            try:
                s.connect(path)
                f = s.makefile("rw")
                f.readline()
                return f
            except OSError:
                s.close()
                if time.time() > end or self.run.poll() is not None:
                    raise
                time.sleep(0.1)

    def say(self, command, **arguments):
        self.monitor.write(json.dumps(
            {"execute": command, "arguments": arguments}) + "\n")
        self.monitor.flush()
        while True:
            answer = json.loads(self.monitor.readline())
            if "event" not in answer:
                return answer["return"]

    def word(self, symbol):
        text = self.say("human-monitor-command", **{
            "command-line": f"xp /1gx {self.symbols[symbol]:#x}"})
        return int(text.split()[1], 16)

    def held(self):
        """Bytes of memory that are not free."""
        if "x86_64/lazy available" in self.symbols:
            return (self.word("x86_64/lazy total") -
                    self.word("x86_64/lazy available"))
        return (self.word("core/heap heap.1") - self.word("core/heap heap.0") +
                self.word("core/pages in_use") * 4096)

    def live(self):
        """Bytes of the blocks that malloc has given out, while it stands still."""
        for _ in range(5):
            self.say("stop")
            try:
                return Heap(self).live
            except Torn:
                pass
            finally:
                self.say("cont")
            time.sleep(0.1)
        raise Wrong("the heap is never whole")

    def of_network(self):
        return self.word("inet/memory used")

    def seconds(self):
        """Processor time that it has had."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as f:
            words = f.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def lives(self):
        return self.run.poll() is None

    def stop(self):
        if self.lives():
            self.run.send_signal(signal.SIGTERM)
        self.run.wait()
        self.console.close()


class Torn(Exception):
    """The machine stands where a block is being cut or joined."""


class Heap:
    """
    The blocks of malloc's heap, from the first to the last of each region
    (libpool/malloc/tlsf/tlsf.h), in a copy of the machine's memory.
    """
    REGIONS = 32 * 16 * 8 + 4 + 32 * 4 + 4 + 8 # of struct tlsf: offset
    PAGE = 4096

    def __init__(self, machine):
        self.machine, self.pages, self.live = machine, {}, 0
        path = machine.console.name + ".memory"
        machine.say("pmemsave", val=0, size=machine.memory, filename=path)
        with open(path, "rb") as f:
            self.memory = f.read()
        os.unlink(path)
        region = self.word(machine.symbols["uc_tlsf"] + self.REGIONS)
        while region:
            self.walk(region)
            region = self.word(region)

    def walk(self, block):
        while (size := self.word(block + 8)) & ~15:
            if size & 12 or size < 32:
                raise Torn
            if not size & 1:
                self.live += size & ~15
            block += size & ~15

    def word(self, address):
        page = address - address % self.PAGE
        if page not in self.pages:
            said = self.machine.say("human-monitor-command", **{
                "command-line": f"gva2gpa {page:#x}"})
            if "0x" not in said:
                raise Torn
            self.pages[page] = int(said.split()[1], 16)
        return struct.unpack_from("<Q", self.memory, self.pages[page] +
                                  address - page)[0]


def read_symbols(image):
    """'MODULE VARIABLE' to its address, for variables of the pool."""
    text = subprocess.run(["llvm-nm", image], capture_output=True, text=True,
                          check=True).stdout
    found = {}
    for line in text.splitlines():
        if m := re.match(r"(\w+) [bB] (uc_\w+)$", line):
            found[m[2]] = int(m[1], 16)
        m = re.match(r"(\w+) [bBdD] ([\w.]+):(?:libpool|platforms)/"
                     r"(?:.*/)?(\w+/\w+)(\.\d+)?$", line)
        if m:
            name = f"{m[3]} {m[2]}{m[4] or ''}"
            found[name] = int(m[1], 16)
    return found


# ---- the load ----


class Load:
    """
    Threads that each do one thing after another, chosen by weight, until the
    end; each rests so long that this process and the machine together take no
    more than `share` of a processor.
    """

    def __init__(self, machine, things, share, threads=16):
        self.machine, self.share = machine, share
        self.things = list(things)
        self.rest = 0.2
        self.done = collections.Counter()
        self.errors = collections.Counter()
        self.running = True
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, args=(i,), daemon=True)
                        for i in range(threads)]
        self.governor = threading.Thread(target=self.govern, daemon=True)

    def start(self):
        for t in [*self.threads, self.governor]:
            t.start()

    def stop(self):
        self.running = False
        for t in self.threads:
            t.join(2 * PATIENCE)

    def work(self, number):
        chance = random.Random(number)
        weights = [weight for _, weight, _ in self.things]
        while self.running:
            name, _, do = chance.choices(self.things, weights)[0]
            try:
                do(chance)
                with self.lock:
                    self.done[name] += 1
            except (OSError, Wrong, ValueError) as e:
                if self.running or isinstance(e, Wrong):
                    at = e.__traceback__.tb_next.tb_lineno
                    with self.lock:
                        self.errors[f"{name}, line {at}: {type(e).__name__}: "
                                    f"{e}"[:160]] += 1
            time.sleep(self.rest * chance.uniform(0.5, 1.5))

    def govern(self):
        before, when = self.used(), time.time()
        while self.running:
            time.sleep(2)
            now, at = self.used(), time.time()
            ratio = (now - before) / (at - when) / self.share
            self.rest = min(5, max(0.005, self.rest * min(2, max(0.5, ratio))))
            before, when = now, at

    def used(self):
        try:
            return self.machine.seconds() + time.process_time()
        except OSError:
            return time.process_time()


# ---- talking ----


class Stream:
    """A connection, and reading from it by lines and by bytes."""

    def __init__(self, port, small=False):
        self.s = socket.socket()
        self.s.settimeout(PATIENCE)
        if small: # so that who sends has to wait
            self.s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.s.connect((ADDRESS, port))
        self.rest = b""

    def send(self, data):
        self.s.sendall(data)

    def dribble(self, data, chance):
        """A few bytes at a time."""
        while data:
            n = chance.randrange(1, 8)
            self.s.sendall(data[:n])
            data = data[n:]
            time.sleep(chance.uniform(0, 0.05))

    def more(self):
        data = self.s.recv(65536)
        if not data:
            raise Wrong("ended early")
        self.rest += data

    def line(self):
        while b"\r\n" not in self.rest:
            self.more()
        line, self.rest = self.rest.split(b"\r\n", 1)
        return line

    def bytes(self, n, pause=0):
        parts, has = [self.rest[:n]], min(n, len(self.rest))
        self.rest = self.rest[n:]
        while has < n:
            data = self.s.recv(min(n - has, 4096 if pause else 1 << 20))
            if not data:
                raise Wrong(f"{has} of {n} bytes came")
            parts.append(data)
            has += len(data)
            if pause:
                time.sleep(pause)
        return b"".join(parts)

    def to_end(self):
        while True:
            data = self.s.recv(65536)
            if not data:
                break
            self.rest += data
        data, self.rest = self.rest, b""
        return data

    def half_close(self):
        self.s.shutdown(socket.SHUT_WR)

    def reset(self):
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                          struct.pack("ii", 1, 0))
        self.s.close()

    def close(self):
        self.s.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.s.close()


def expect(got, wanted):
    if got != wanted:
        raise Wrong(f"{short(got)} came, not {short(wanted)}")


def short(data):
    text = repr(data)
    return text if len(text) < 60 else f"{text[:50]}... ({len(data)})"


def pattern(key, n):
    """n bytes that belong to a key."""
    word = (key + "-").encode()
    return (word * (n // len(word) + 1))[:n]
