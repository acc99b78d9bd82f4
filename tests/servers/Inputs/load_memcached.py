# SPDX-License-Identifier: BSD-2-Clause
# load_memcached.py: a mixed load for memcached. Every answer is compared.
import os
import time

from load import Stream, Wrong, expect, pattern

FILLS = True # up to its limit, with whatever comes
PORTS = (11211,)
PACKAGE, PROGRAM, BUILD = "deb:memcached", "memcached", ()
ARGUMENTS = ("-u", "root", "-l", "0.0.0.0", "-p", "11211", "-U", "0", "-t", "2",
             "-m", "24")


def prepare(_folder):
    here = os.path.dirname(os.path.realpath(__file__))
    return ("--root", here + "/../../../corpus/apps/memcached/input")


def put(s, key, value, seconds=0):
    s.send(b"set %s 0 %d %d\r\n%s\r\n" % (key.encode(), seconds, len(value), value))
    line = s.line()
    # all the memory of its size can be in use by others just then
    if line != b"SERVER_ERROR out of memory storing object":
        expect(line, b"STORED")


def take(s, key, pause=0):
    s.send(b"get %s\r\n" % key.encode())
    line = s.line()
    if line == b"END":
        return None
    if not line.startswith(b"VALUE " + key.encode()):
        raise Wrong(f"{line!r} for {key}")
    value = s.bytes(int(line.split()[3]) + 2, pause)[:-2]
    expect(s.line(), b"END")
    return value


def check(key, value):
    if value is not None:
        expect(value, pattern(key, len(value)))


def things(ports):
    port = ports[0]

    def keep_alive(chance):
        with Stream(port) as s:
            for _ in range(chance.randrange(5, 60)):
                key = f"k{chance.randrange(2000)}"
                put(s, key, pattern(key, chance.randrange(1, 300)))
                check(key, take(s, key))

    def fresh(_chance):
        with Stream(port) as s:
            s.send(b"version\r\n")
            if not s.line().startswith(b"VERSION "):
                raise Wrong("no version")

    def big(chance):
        key = f"b{chance.randrange(12)}"
        with Stream(port) as s:
            put(s, key, pattern(key, chance.randrange(10000, 900000)))
            check(key, take(s, key))

    def slow_reader(chance):
        key = f"s{chance.randrange(4)}"
        with Stream(port, small=True) as s:
            put(s, key, pattern(key, 150000))
            check(key, take(s, key, 0.02))

    def slow_writer(chance):
        with Stream(port) as s:
            s.dribble(b"set slow 0 0 6\r\nslowly\r\n", chance)
            expect(s.line(), b"STORED")

    def expires(chance):
        key = f"e{chance.randrange(1 << 30)}"
        with Stream(port) as s:
            for i in range(10):
                put(s, f"{key}-{i}", pattern("e", 500), 1)
            time.sleep(2.5)
            expect(take(s, f"{key}-0"), None)

    def counts(chance):
        key = f"n{chance.randrange(1 << 30)}".encode()
        with Stream(port) as s:
            s.send(b"add %s 0 0 1\r\n0\r\n" % key)
            expect(s.line(), b"STORED")
            for i in range(20):
                s.send(b"incr %s 1\r\n" % key)
                expect(s.line(), b"%d" % (i + 1))
            s.send(b"delete %s\r\n" % key)
            expect(s.line(), b"DELETED")

    def aborted(chance):
        s = Stream(port)
        data = b"set a 0 0 100000\r\n" + pattern("a", 100000)
        s.send(data[:chance.randrange(1, 90000)])
        s.reset()

    def aborted_answer(chance):
        s = Stream(port, small=True)
        put(s, "r", pattern("r", 300000))
        s.send(8 * b"get r\r\n")
        s.s.recv(chance.randrange(1, 50000))
        s.reset()

    def half_closed(_chance):
        with Stream(port) as s:
            s.send(b"set h 0 0 4\r\nhalf\r\nquit\r\n")
            s.half_close()
            expect(s.to_end(), b"STORED\r\n")

    def nonsense(chance):
        with Stream(port) as s:
            s.send(b"x" * chance.randrange(1, 1000) + b"\r\n")
            expect(s.line(), b"ERROR")

    return [("keep-alive", 10, keep_alive), ("fresh", 10, fresh),
            ("big", 2, big), ("slow reader", 1, slow_reader),
            ("slow writer", 1, slow_writer), ("expires", 1, expires),
            ("counts", 2, counts), ("aborted", 2, aborted),
            ("aborted answer", 1, aborted_answer),
            ("half-closed", 2, half_closed), ("nonsense", 1, nonsense)]


def ready(ports):
    with Stream(ports[0]) as s:
        s.send(b"version\r\n")
        s.line()


def own_count(ports):
    """Bytes that the server says it has taken: for values, and to find them."""
    taken = 0
    with Stream(ports[0]) as s:
        s.send(b"stats slabs\r\nstats\r\n")
        for _ in range(2):
            while (line := s.line()) != b"END":
                if line.startswith((b"STAT total_malloced ",
                                    b"STAT hash_bytes ")):
                    taken += int(line.split()[2])
    return taken
