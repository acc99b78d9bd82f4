# SPDX-License-Identifier: BSD-2-Clause
# A lit test format whose tests are derived: every folder of tests/boot with
# a main.c, times every machine. The image is made by boot/Inputs/build.sh;
# `expect` says how it is run and what must come out, for each `run` line:
#
#   only kvm x86_64             of the platforms or architectures, if not all
#   run --mem 2M -- arg 'a b'   options of unicore-run, then arguments
#   for NAME..., except NAME... the run before is for these architectures or
#                               targets only, or not for them
#   input 00 04 ff              bytes of standard input (default: none)
#   input-all 3                 all 256 byte values, three times
#   status 139                  exit status (default 0)
#   out REGEX                   is found on stdout; in the order given
#   err REGEX                   is found on stderr
#   not REGEX                   is found on neither
#   same                        stdout is stdin
#   wall 1 4                    seconds it takes, at least and at most, by the
#                               clock of the computer that runs the test
import os
import re
import shlex
import subprocess
import time
import lit.Test
import lit.formats

MACHINES = { # target, options
    "linuxu-x86_64": ("linuxu-x86_64", []),
    "kvm-x86_64": ("kvm-x86_64", []),
    "kvm-x86_64.q35": ("kvm-x86_64", ["--machine", "q35"]),
    "bare-x86_64": ("bare-x86_64", []),
    "bare-x86_64.pc": ("bare-x86_64", ["--machine", "pc"]),
    "kvm-aarch64": ("kvm-aarch64", []),
    "kvm-arm": ("kvm-arm", []),
    "xen-aarch64": ("xen-aarch64", []),
    "xen-aarch64.gic3": ("xen-aarch64", ["--machine", "virt-gic3"]),
    "xenpv-x86_64": ("xenpv-x86_64", []),
    "xenpvh-x86_64": ("xenpvh-x86_64", []),
    "kvm-riscv64": ("kvm-riscv64", []),
    "bare-mips": ("bare-mips", []),
    "bare-mipsel": ("bare-mipsel", []),
    "linuxu-aarch64": ("linuxu-aarch64", ["--faults"]),
    "linuxu-arm": ("linuxu-arm", ["--faults"]),
    "linuxu-mips": ("linuxu-mips", ["--faults"]),
    "linuxu-mipsel": ("linuxu-mipsel", ["--faults"]),
    "linuxu-riscv64": ("linuxu-riscv64", ["--faults"]),
}


# Xen on a PC starts in two to five seconds, and processes of other architectures
# are much like those of this one, so all but these of them are behind --long.
QUICK = ("hello", "fault_null")
# A machine of which only what it has of its own is of interest.
FEW = {"xen-aarch64.gic3": ("clock", "input")}

XEN_STARTS = 6 # seconds at most, until the image runs


class Case:
    def __init__(self, words):
        self.options, self.args = words, []
        if "--" in words:
            at = words.index("--")
            self.options, self.args = words[:at], words[at + 1:]
        self.input, self.status = b"", 0
        self.out, self.err, self.none, self.same = [], [], [], False
        self.wall = None
        self.only, self.never = [], []

    def fits(self, target):
        names = {target, target.split("-")[1]}
        return not names & set(self.never) and (
            not self.only or bool(names & set(self.only)))


def read_expect(path):
    cases, only = [], None
    for line in open(path):
        key, _, value = line.strip().partition(" ")
        if key == "only":
            only = value.split()
        elif key == "run":
            cases.append(Case(shlex.split(value)))
        elif key == "input":
            cases[-1].input = bytes.fromhex(value)
        elif key == "input-all":
            cases[-1].input = bytes(range(256)) * int(value)
        elif key == "status":
            cases[-1].status = int(value)
        elif key == "for":
            cases[-1].only = value.split()
        elif key == "except":
            cases[-1].never = value.split()
        elif key in ("out", "err"):
            getattr(cases[-1], key).append(value)
        elif key == "not":
            cases[-1].none.append(value)
        elif key == "wall":
            cases[-1].wall = [float(word) for word in value.split()]
        elif key == "same":
            cases[-1].same = True
        elif key and key[0] != "#":
            raise ValueError(f"{path}: unknown key {key}")
    return only, cases


def judge(case, run, seconds):
    out = run.stdout.decode("latin-1")
    err = run.stderr.decode("latin-1")
    if run.returncode != case.status:
        return f"status {run.returncode}, expected {case.status}"
    at = 0
    for pattern in case.out:
        found = re.compile(pattern, re.M).search(out, at)
        if not found:
            return f"stdout lacks: {pattern}"
        at = found.end()
    for pattern in case.err:
        if not re.search(pattern, err, re.M):
            return f"stderr lacks: {pattern}"
    for pattern in case.none:
        if re.search(pattern, out + err, re.M):
            return f"should not be there: {pattern}"
    if case.same and run.stdout != case.input:
        return f"stdout is not stdin ({len(run.stdout)} bytes)"
    if case.wall and not case.wall[0] <= seconds <= case.wall[1]:
        return f"it took {seconds:.3f} s, expected {case.wall}"
    return None


def fits(only, target):
    """Each kind that is named must name the target's."""
    platform, arch = target.split("-")
    platforms = [w for w in only or [] if w in
                 ("linuxu", "kvm", "bare", "xen", "xenpv", "xenpvh")]
    archs = [w for w in only or [] if w not in platforms]
    return (not platforms or platform in platforms) and (
        not archs or arch in archs)


class BootTest(lit.formats.ShTest):
    def getTestsInDirectory(self, suite, path, lit_config, config):
        yield from super().getTestsInDirectory(suite, path, lit_config, config)
        here = suite.getSourcePath(path)
        for name in sorted(os.listdir(here)):
            if not os.path.exists(os.path.join(here, name, "main.c")):
                continue
            only, _ = read_expect(os.path.join(here, name, "expect"))
            for machine, (target, _) in MACHINES.items():
                if fits(only, target) and name in FEW.get(machine, (name,)):
                    yield lit.Test.Test(
                        suite, path + (f"{name}.{machine}",), config)

    def execute(self, test, lit_config):
        if test.path_in_suite[-1].endswith((".sh", ".test")):
            return super().execute(test, lit_config)
        name, machine = test.path_in_suite[-1].split(".", 1)
        target, more = MACHINES[machine]
        foreign = target.startswith("linuxu-") and machine != "linuxu-x86_64"
        if ((machine.startswith("xenp") or foreign) and name not in QUICK and
                "long" not in test.config.available_features):
            return lit.Test.UNSUPPORTED, "behind --long"
        here = os.path.dirname(test.getSourcePath())
        image = test.getExecPath() + ".image"
        os.makedirs(os.path.dirname(image), exist_ok=True)
        made = subprocess.run(
            ["bash", os.path.join(here, "Inputs", "build.sh"), target,
             os.path.join(here, name), image],
            env=test.config.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        if made.returncode != 0:
            return lit.Test.FAIL, made.stdout.decode(errors="replace")
        for case in read_expect(os.path.join(here, name, "expect"))[1]:
            if not case.fits(target):
                continue
            argv = (["unicore-run", "--timeout", "60"] + more + case.options +
                    [image] + case.args)
            start = time.monotonic()
            run = subprocess.run(argv, env=test.config.environment,
                                 input=case.input, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
            seconds = time.monotonic() - start
            if machine.startswith("xen") and case.wall:
                seconds -= min(XEN_STARTS, max(0, seconds - case.wall[0]))
            wrong = judge(case, run, seconds)
            if wrong:
                return lit.Test.FAIL, "\n".join(
                    [shlex.join(argv), wrong, "-- stdout",
                     run.stdout.decode("latin-1"), "-- stderr",
                     run.stderr.decode("latin-1")])
        return lit.Test.PASS, ""
