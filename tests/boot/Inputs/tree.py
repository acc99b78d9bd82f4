#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# tree.py QEMU IMAGE TREE: starts the image on QEMU's machine `virt` with
# another device tree than QEMU's own, written over it before the first
# instruction through QEMU's gdb protocol; prints the console, then the status.
import os
import socket
import subprocess
import sys
import tempfile

START = 0x40000000


def packet(s, body):
    s.sendall(b"$%s#%02x" % (body, sum(body) & 255))
    while s.recv(1) != b"$":
        pass
    answer = b""
    while not answer.endswith(b"#"):
        answer += s.recv(1)
    s.recv(2)
    s.sendall(b"+")
    return answer[:-1]


def main():
    qemu, image, tree = sys.argv[1:]
    path = os.path.join(tempfile.mkdtemp(), "gdb")
    p = subprocess.Popen(
        [qemu, "-M", "virt", "-cpu", "max", "-nodefaults", "-display", "none",
         "-serial", "stdio", "-m", "64", "-semihosting-config",
         "enable=on,target=native", "-kernel", image, "-append", "x", "-S",
         "-chardev", f"socket,id=gdb,path={path},server=on,wait=off",
         "-gdb", "chardev:gdb"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    s = socket.socket(socket.AF_UNIX)
    while True:
        try:
            s.connect(path)
            break
        except OSError:
            if p.poll() is not None:
                sys.exit("QEMU did not start")
    data = open(tree, "rb").read()
    for at in range(0, len(data), 1024):
        part = data[at:at + 1024]
        answer = packet(s, b"M%x,%x:%s" % (START + at, len(part),
                                           part.hex().encode()))
        assert answer == b"OK", answer
    body = b"c"
    s.sendall(b"$%s#%02x" % (body, sum(body) & 255))
    try:
        out, _ = p.communicate(timeout=60)
        print(out.decode().strip(), "status", p.returncode)
    except subprocess.TimeoutExpired:
        p.kill()
        print("it hangs")


main()
