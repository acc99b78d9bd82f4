#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# tree.py ARCH IMAGE TREE: starts the image on QEMU's machine `virt` with
# another device tree than QEMU's own, written over it before the first
# instruction through QEMU's gdb protocol; prints the console, then the status.
import os
import socket
import subprocess
import sys
import tempfile

# Where the tree is with 64 MiB, and more words for QEMU.
MACHINES = {
    "aarch64": (0x40000000, ["-cpu", "max"]),
    "riscv64": (0x83e00000, ["-cpu", "rv64", "-bios", "none"]),
}


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
    arch, image, tree = sys.argv[1:]
    start, words = MACHINES[arch]
    path = os.path.join(tempfile.mkdtemp(), "gdb")
    p = subprocess.Popen(
        [f"qemu-system-{arch}", "-M", "virt", *words, "-nodefaults", "-display", "none",
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
        answer = packet(s, b"M%x,%x:%s" % (start + at, len(part),
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
