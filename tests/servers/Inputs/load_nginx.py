# SPDX-License-Identifier: BSD-2-Clause
# load_nginx.py: a mixed load for nginx, in the clear and over TLS 1.2 and 1.3.
# Every answer is compared.
import os
import ssl
import subprocess

from load import PATIENCE, Stream, Wrong, expect, pattern

FILLS = False
PORTS = (8080, 8443)
PACKAGE, PROGRAM = "deb:nginx", "nginx"
BUILD = ("--build-options", "--with-http_ssl_module")
ARGUMENTS = ("-p", ".", "-c", "nginx.conf")
SMALL, BIG = pattern("small", 900), pattern("big", 1500000)
CONF = """
daemon off;
master_process off;
user root root;
error_log stderr crit;
pid nginx.pid;
events { worker_connections 256; }
http {
    access_log off;
    keepalive_requests 30;
    client_max_body_size 4m;
    ssl_certificate cert.pem;
    ssl_certificate_key key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:s:256k;
    ssl_session_timeout 60s;
    server {
        listen 8080;
        listen 8443 ssl;
        root html;
        gzip on;
        gzip_types text/plain;
    }
}
"""


def prepare(folder):
    """The image's files; the options that bake them in."""
    root = folder + "/root"
    os.makedirs(root + "/html", exist_ok=True)
    os.makedirs(root + "/etc", exist_ok=True)
    for name, data in (("etc/passwd", b"root:x:0:0::/:/bin/sh\n"),
                       ("etc/group", b"root:x:0:\n"),
                       ("html/small.txt", SMALL), ("html/big.bin", BIG),
                       ("nginx.conf", CONF.encode())):
        with open(f"{root}/{name}", "wb") as f:
            f.write(data)
    if not os.path.exists(root + "/cert.pem"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj",
             "/CN=localhost", "-keyout", root + "/key.pem", "-out",
             root + "/cert.pem"], check=True, stderr=subprocess.DEVNULL)
    return ("--root", root)


def question(path, *lines, method="GET"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines,
                        "", ""]).encode()


def read_head(s):
    """The status and the length of what follows."""
    status, length = int(s.line().split()[1]), None
    while True:
        line = s.line().lower()
        if not line:
            return status, length
        if line.startswith(b"content-length:"):
            length = int(line.split()[1])


def answer(s, status, body=None, pause=0):
    got, n = read_head(s)
    expect(got, status)
    data = s.bytes(n or 0, pause)
    if body is not None:
        expect(data, body)


def context(version):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = False
    c.verify_mode = ssl.CERT_NONE
    c.minimum_version = c.maximum_version = version
    return c


class Secure(Stream):
    """A Stream over TLS."""

    def __init__(self, port, how, session=None):
        super().__init__(port)
        self.s = how.wrap_socket(self.s, session=session)


def things(ports):
    port, secure = ports
    contexts = [context(ssl.TLSVersion.TLSv1_2), context(ssl.TLSVersion.TLSv1_3)]

    def keep_alive(chance):
        with Stream(port) as s:
            for _ in range(chance.randrange(1, 30)):
                s.send(question("/small.txt"))
                answer(s, 200, SMALL)

    def fresh(_chance):
        with Stream(port) as s:
            s.send(question("/small.txt", "Connection: close"))
            answer(s, 200, SMALL)
            expect(s.to_end(), b"")

    def big(_chance):
        with Stream(port) as s:
            s.send(question("/big.bin"))
            answer(s, 200, BIG)

    def ranges(chance):
        at = chance.randrange(len(BIG) - 5000)
        with Stream(port) as s:
            s.send(question("/big.bin", f"Range: bytes={at}-{at + 4999}"))
            answer(s, 206, BIG[at:at + 5000])

    def slow_reader(chance):
        at = chance.randrange(len(BIG) - 200000)
        with Stream(port, small=True) as s:
            s.send(question("/big.bin", f"Range: bytes={at}-{at + 199999}"))
            answer(s, 206, BIG[at:at + 200000], 0.02)

    def slow_writer(chance):
        with Stream(port) as s:
            s.dribble(question("/small.txt"), chance)
            answer(s, 200, SMALL)

    def others(_chance):
        with Stream(port) as s:
            s.send(question("/none"))
            answer(s, 404)
            s.send(question("/small.txt", "Content-Length: 100000", method="POST") +
                   bytes(100000))
            answer(s, 405)
        with Stream(port) as s:
            s.send(b"nonsense\r\n\r\n")
            if b"400 Bad Request" not in s.to_end():
                raise Wrong("no 400")

    def aborted(chance):
        s = Stream(port)
        text = question("/small.txt", "Content-Length: 1000", method="POST")
        s.send(text[:chance.randrange(1, len(text))])
        s.reset()

    def aborted_answer(chance):
        s = Stream(port, small=True)
        s.send(question("/big.bin"))
        s.s.recv(chance.randrange(1, 50000))
        s.reset()

    def half_closed(_chance):
        with Stream(port) as s:
            s.send(question("/small.txt", "Connection: close"))
            s.half_close()
            answer(s, 200, SMALL)

    def tls(chance):
        how = chance.choice(contexts)
        with Secure(secure, how) as s:
            for _ in range(chance.randrange(1, 10)):
                s.send(question("/small.txt"))
                answer(s, 200, SMALL)

    def tls_again(chance):
        how = chance.choice(contexts)
        with Secure(secure, how) as s:
            s.send(question("/small.txt"))
            answer(s, 200, SMALL)
            session = s.s.session
        with Secure(secure, how, session) as s:
            s.send(question("/small.txt"))
            answer(s, 200, SMALL)
            if not s.s.session_reused:
                raise Wrong("the session was not taken up")

    def tls_big(chance):
        with Secure(secure, chance.choice(contexts)) as s:
            s.send(question("/big.bin"))
            answer(s, 200, BIG)

    def tls_aborted(chance):
        s = Stream(secure)
        inside, outside = ssl.MemoryBIO(), ssl.MemoryBIO()
        try:
            contexts[1].wrap_bio(inside, outside).do_handshake()
        except ssl.SSLWantReadError:
            pass
        hello = outside.read()
        s.send(hello[:chance.randrange(1, len(hello) + 1)])
        if chance.random() < 0.5:
            s.s.settimeout(PATIENCE)
            s.send(b"x" * 100)
        s.reset()

    return [("keep-alive", 10, keep_alive), ("fresh", 10, fresh),
            ("big", 1, big), ("ranges", 2, ranges),
            ("slow reader", 1, slow_reader), ("slow writer", 1, slow_writer),
            ("others", 2, others), ("aborted", 2, aborted),
            ("aborted answer", 1, aborted_answer),
            ("half-closed", 2, half_closed), ("tls", 2, tls),
            ("tls again", 2, tls_again), ("tls big", 0.5, tls_big),
            ("tls aborted", 2, tls_aborted)]


def ready(ports):
    for port in ports:
        with Stream(port) as s:
            if port == ports[0]:
                s.send(question("/small.txt"))
                answer(s, 200, SMALL)


def own_count(_ports):
    return 0
