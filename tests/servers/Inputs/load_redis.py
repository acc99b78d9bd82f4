# SPDX-License-Identifier: BSD-2-Clause
# load_redis.py: a mixed load for Redis. Every answer is compared.
import time

from load import Stream, expect, pattern

FILLS = False
PORTS = (6379,)
PACKAGE, PROGRAM, BUILD = "deb:redis", "redis-server", ()
ARGUMENTS = ("--port", "6379", "--bind", "0.0.0.0", "--protected-mode", "no",
             "--save", "", "--appendonly", "no", "--maxmemory", "24mb",
             "--maxmemory-policy", "allkeys-lru", "--client-output-buffer-limit",
             "normal", "8mb", "4mb", "20")


def prepare(_folder):
    return ()


def words(*parts):
    out = [b"*%d\r\n" % len(parts)]
    for p in parts:
        p = p if isinstance(p, bytes) else str(p).encode()
        out.append(b"$%d\r\n%s\r\n" % (len(p), p))
    return b"".join(out)


def answer(s, pause=0):
    line = s.line()
    kind, rest = line[:1], line[1:]
    if kind == b"$":
        n = int(rest)
        return None if n < 0 else s.bytes(n + 2, pause)[:-2]
    if kind == b"*":
        return [answer(s) for _ in range(int(rest))]
    if kind == b":":
        return int(rest)
    return line


def ask(s, *parts):
    s.send(words(*parts))
    return answer(s)


def cached(got, wanted):
    """What was put may have been evicted, but not changed."""
    if got is not None:
        expect(got, wanted)


def things(ports):
    port = ports[0]

    def keep_alive(chance):
        with Stream(port) as s:
            for _ in range(chance.randrange(5, 60)):
                key = f"k{chance.randrange(2000)}"
                value = pattern(key, chance.randrange(1, 200))
                expect(ask(s, "SET", key, value), b"+OK")
                got = ask(s, "GET", key)
                cached(got and got[:4], pattern(key, len(got or b""))[:4])

    def fresh(_chance):
        with Stream(port) as s:
            expect(ask(s, "PING"), b"+PONG")

    def big(chance):
        key, n = f"b{chance.randrange(12)}", chance.randrange(10000, 700000)
        with Stream(port) as s:
            s.send(words("MULTI") + words("SET", key, pattern(key, n)) +
                   words("GET", key) + words("EXEC"))
            for wanted in (b"+OK", b"+QUEUED", b"+QUEUED"):
                expect(answer(s), wanted)
            expect(answer(s), [b"+OK", pattern(key, n)])

    def slow_reader(chance):
        key, n = f"s{chance.randrange(4)}", 150000
        with Stream(port, small=True) as s:
            expect(ask(s, "SET", key, pattern(key, n)), b"+OK")
            s.send(words("GET", key))
            cached(answer(s, 0.02), pattern(key, n))

    def slow_writer(chance):
        with Stream(port) as s:
            s.dribble(words("ECHO", "slowly"), chance)
            expect(answer(s), b"slowly")

    def expires(chance):
        with Stream(port) as s:
            for _ in range(10):
                key = f"e{chance.randrange(1 << 30)}"
                expect(ask(s, "SET", key, pattern(key, 500), "PX",
                           chance.randrange(20, 3000)), b"+OK")
            expect(ask(s, "SET", key, "x", "PX", 20), b"+OK")
            time.sleep(0.2)
            expect(ask(s, "GET", key), None)

    def structures(chance):
        with Stream(port) as s:
            n = chance.randrange(1 << 30)
            for i in range(chance.randrange(1, 100)):
                expect(ask(s, "RPUSH", f"l{n}", i), i + 1)
                expect(ask(s, "ZADD", f"z{n}", i, f"m{i}"), 1)
                expect(ask(s, "HSET", f"h{n}", f"f{i}", i), 1)
            expect(ask(s, "LRANGE", f"l{n}", -1, -1), [str(i).encode()])
            expect(ask(s, "EVAL", "return redis.call('ZCARD', KEYS[1])", 1,
                       f"z{n}"), i + 1)
            expect(ask(s, "DEL", f"l{n}", f"z{n}", f"h{n}"), 3)

    def aborted(chance):
        s = Stream(port)
        s.send(words("SET", "a", pattern("a", 100000))[:chance.randrange(1, 90000)])
        s.reset()

    def aborted_answer(chance):
        s = Stream(port, small=True)
        s.send(words("SET", "r", pattern("r", 300000)) + 8 * words("GET", "r"))
        s.s.recv(chance.randrange(1, 50000))
        s.reset()

    def blocked_and_gone(chance):
        s = Stream(port)
        s.send(words("BLPOP", "nobody", 30))
        time.sleep(chance.uniform(0, 0.5))
        s.reset() if chance.random() < 0.5 else s.close()

    def half_closed(_chance):
        with Stream(port) as s:
            s.send(words("ECHO", "half") + words("QUIT"))
            s.half_close()
            expect(s.to_end(), b"$4\r\nhalf\r\n+OK\r\n")

    def published(chance):
        name = f"c{chance.randrange(1 << 30)}"
        with Stream(port) as s, Stream(port) as p:
            expect(ask(s, "SUBSCRIBE", name), [b"subscribe", name.encode(), 1])
            for i in range(20):
                expect(ask(p, "PUBLISH", name, i), 1)
                expect(answer(s), [b"message", name.encode(), str(i).encode()])

    return [("keep-alive", 10, keep_alive), ("fresh", 10, fresh),
            ("big", 2, big), ("slow reader", 1, slow_reader),
            ("slow writer", 1, slow_writer), ("expires", 2, expires),
            ("structures", 2, structures), ("aborted", 2, aborted),
            ("aborted answer", 1, aborted_answer),
            ("blocked and gone", 1, blocked_and_gone),
            ("half-closed", 2, half_closed), ("published", 1, published)]


def ready(ports):
    with Stream(ports[0]) as s:
        expect(ask(s, "PING"), b"+PONG")


def own_count(ports):
    """Bytes that the server says its data takes."""
    with Stream(ports[0]) as s:
        for line in ask(s, "INFO", "memory").splitlines():
            if line.startswith(b"used_memory:"):
                return int(line[12:])
    return 0
