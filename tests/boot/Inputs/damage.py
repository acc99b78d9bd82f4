#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# damage.py HOW TREE OUT: a device tree, without the room behind it, made wrong
# in one way.
import struct
import sys

how, tree, out = sys.argv[1:]
b = bytearray(open(tree, "rb").read())
total, struct_at, names_at = struct.unpack(">3I", b[4:16])
names_size, struct_size = struct.unpack(">2I", b[32:40])
# QEMU's has a MiB, nearly all of it nothing
total = max(struct_at + struct_size, names_at + names_size)
b = b[:total]
b[4:8] = struct.pack(">I", total)
if how == "magic":
    b[0] ^= 1
elif how == "huge":
    b[4:8] = struct.pack(">I", 0x7fffffff)
elif how == "offset":
    b[8:12] = struct.pack(">I", 0xfffffffc)
elif how == "cut":  # in the middle of the structure
    b[36:40] = struct.pack(">I", 60)
elif how == "property":  # the first one is longer than all
    at = b.index(struct.pack(">I", 3), struct_at)
    b[at + 4:at + 8] = struct.pack(">I", 0xfffffff0)
elif how == "nomemory":
    at = b.index(b"memory\0", struct_at)
    b[at:at + 6] = b"mimory"
elif how == "little":  # 1.03 MiB of memory
    at = max(b.find(struct.pack(">4I", 0, start, 0, 64 << 20))
             for start in (0x40000000, 0x80000000))
    b[at + 12:at + 16] = struct.pack(">I", 0x108000)
elif how == "nolines":
    at = max(b.find(b"arm,cortex-a15-gic"), b.find(b"riscv,plic0"))
    b[at] = ord("b")
elif how != "none":
    sys.exit("how?")
open(out, "wb").write(b)
