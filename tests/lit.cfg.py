# SPDX-License-Identifier: BSD-2-Clause
# lit configuration: every built command by its name, clang 19, FileCheck.
import fcntl
import os
import shutil
import struct
import lit.formats

config.name = "unicore"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".test", ".c", ".ll", ".sh"]
config.excludes = ["Inputs", "lit.cfg.py", "lit.local.cfg"]
config.test_source_root = os.path.dirname(__file__)
root = os.path.dirname(config.test_source_root)
config.unicore_root = root
build = os.environ.get("UNICORE_BUILD", os.path.join(root, "build"))
config.test_exec_root = os.path.join(build, "tests")

llvm = "/usr/lib/llvm-19/bin"
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(build, "bin"), llvm, config.environment["PATH"]])
config.environment["LC_ALL"] = "C"
for name in ("HOME", "XDG_CACHE_HOME", "UNICORE_CACHE", "UNICORE_LONG",
             "UNICORE_UPDATE", "UNICORE_BUILD"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

if os.environ.get("UNICORE_LONG") == "1":
    config.available_features.add("long")

# Who may mount a file: root, where the kernel has loop devices.
if os.geteuid() == 0 and os.path.exists("/dev/loop-control"):
    config.available_features.add("mount")

if os.geteuid() == 0:
    config.available_features.add("root")

# Slurm's daemons of one's own
if os.geteuid() == 0 and shutil.which("slurmctld", path=os.environ["PATH"] + ":/usr/sbin"):
    config.available_features.add("slurm")



def may_make_tap():
    """May this process make a tap device and give it an address?"""
    try:
        with open("/dev/net/tun", "r+b", buffering=0) as f:
            fcntl.ioctl(f, 0x400454ca, struct.pack("16sH22x", b"ucprobe%d", 0x1002))
        return True
    except OSError:
        return False


if may_make_tap():
    config.available_features.add("tap")

config.substitutions += [
    ("%clang", os.path.join(llvm, "clang")),
    ("%root", root),
    ("%build", build),
]
