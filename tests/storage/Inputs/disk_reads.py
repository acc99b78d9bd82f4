# SPDX-License-Identifier: BSD-2-Clause
"""
disk_reads.py IMAGE DISK ARGUMENT: runs the image until it has said a line, and
prints that and what it has read from the disk.
"""
import json
import os
import socket
import subprocess
import sys

image, disk, argument = sys.argv[1:]
path = f"qmp.{os.getpid()}"
run = subprocess.Popen(
    ["unicore-run", "-t", "60", "--disk", disk, "--qemu", "-qmp", "--qemu",
     f"unix:{path},server=on,wait=off", image, argument],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
line = run.stdout.readline().strip()
with socket.socket(socket.AF_UNIX) as s:
    s.connect(path)
    f = s.makefile("rw")
    f.readline()
    for command in ("qmp_capabilities", "query-blockstats"):
        f.write(json.dumps({"execute": command}) + "\n")
        f.flush()
        answer = json.loads(f.readline())["return"]
reads = answer[0]["stats"]
print(f"{line}, {reads['rd_operations']} requests, {reads['rd_bytes'] >> 10} KiB")
run.stdin.close()
run.wait()
