# SPDX-License-Identifier: BSD-2-Clause
"""compare.py: is what happened within what the analysis said can happen?

usage: compare.py TITLE RECORDED TOOLS CALLS ANALYSIS TRACES

RECORDED  lines of record.c, from all runs of a suite
TOOLS     the folder with names, the nm of the instrumented program, and
          functions, the names of all that the program has
CALLS     the system calls of the program as it was built, a name a line
ANALYSIS  the folder of facts and pick; TRACES.reach and TRACES.sites:
          the analyzer's --trace of the same

Formats are read here by a parser of its own, of what ISO C and POSIX say. Each
check prints how much it saw; one that saw nothing to check says so by 0.
Exit 1 if anything happened that the analysis excludes.
"""
import collections
import os
import re
import sys

# Memory and the start of a process: libc, its allocator and the kernel on one
# side, the pool on the other do these their own way.
OTHERS_BUSINESS = set("""brk mmap munmap mremap madvise mprotect arch_prctl
    set_tid_address execve exit exit_group rt_sigreturn restart_syscall
    set_robust_list""".split())
# One name per service: what libc calls may be another one of the same.
SAME_CALL = {"open": "openat", "stat": "newfstatat", "lstat": "newfstatat",
             "fstat": "newfstatat", "access": "faccessat",
             "unlink": "unlinkat", "rmdir": "unlinkat", "vfork": "fork",
             "clone": "fork", "readv": "read", "writev": "write"}

problems = []


def plain(name):
    return name[:-len(":program")] if name.endswith(":program") else name


def read(path):
    with open(path, errors="surrogateescape") as f:
        return f.read().split("\n")[:-1]


def problem(text):
    problems.append(text)


class Analysis:
    """What can happen."""

    def __init__(self, folder, traces):
        self.reached = {plain(l[7:]) for l in read(traces + ".reach")
                        if l.startswith("reach: ")}
        self.sites = {}
        for line in read(traces + ".sites"):
            if line.startswith("site: "):
                _, function, number, *targets = line.split(" ")
                key = plain(function), int(number)
                self.sites[key] = {plain(t) for t in targets}
        self.facts = collections.defaultdict(set)
        for line in read(os.path.join(folder, "facts")):
            if not line.startswith(">>>"):
                fact, _, detail = line.partition(" ")
                self.facts[fact].add(detail)
        picked = [l.split() for l in read(os.path.join(folder, "pick"))]
        self.late = {w[1] for w in picked if w[0] == "late"}
        self.calls = {r[len("uc_sys_"):] for r in self.reached
                      if r.startswith("uc_sys_")}
        self.calls |= {w[1][len("uc_sys_"):] for w in picked if w[0] == "nosys"}


class Record:
    """What happened."""

    def __init__(self, path):
        self.by_kind = collections.defaultdict(list)
        for line in read(path):
            kind, _, rest = line.partition(" ")
            self.by_kind[kind].append(rest)


def check_functions(record, analysis):
    for name in record.by_kind["run"]:
        if plain(name) not in analysis.reached:
            problem(f"{name} ran, but is not kept")
    return len(set(record.by_kind["run"]))


def check_sites(record, analysis, names_path):
    names = collections.defaultdict(set)
    for line in read(names_path):
        address, _, name = line.split(" ", 2)
        names[int(address, 16)].add(plain(name))
    sites = set()
    for text in record.by_kind["call"]:
        function, number, address = text.rsplit(" ", 2)
        site = plain(function), int(number)
        targets = names[int(address, 16)]
        sites.add(site)
        if site not in analysis.sites:
            problem(f"indirect call {site[1]} of {function} ran, "
                    f"but is not known to")
        elif not targets & (analysis.sites[site] | analysis.late):
            problem(f"indirect call {site[1]} of {function} went to "
                    f"{' '.join(sorted(targets)) or address}, "
                    f"which is not among its targets")
    return len(sites), len(record.by_kind["call"])


def check_calls(calls_path, analysis):
    seen = {SAME_CALL.get(c, c) for c in read(calls_path)} - OTHERS_BUSINESS
    allowed = {SAME_CALL.get(c, c) for c in analysis.calls}
    for call in sorted(seen - allowed):
        if "syscall" not in analysis.calls:
            problem(f"system call {call} was made, but is not reached")
    return len(seen)


DIRECTIVE = re.compile(r"""%(?P<position>\d+\$)?(?P<flags>[-+ #0']*)
    (?P<width>\*(?:\d+\$)?|\d*)(?:\.(?:\*(?:\d+\$)?|-?\d*))?
    (?P<length>hh|h|ll|l|j|z|t|L|q)?(?P<conversion>.)""", re.X | re.S)
SCAN_DIRECTIVE = re.compile(r"""%(?P<position>\d+\$)?(?P<star>\*)?\d*
    (?P<allocate>m)?(?P<length>hh|h|ll|l|j|z|t|L|q)?
    (?P<conversion>\[\^?\]?[^]]*\]|.)""", re.X | re.S)


def wants(text, scan):
    """The facts that a format asks for."""
    prefix = "scan" if scan else "format"
    found = set()
    for m in (SCAN_DIRECTIVE if scan else DIRECTIVE).finditer(text):
        conversion, length = m["conversion"][0], m["length"] or ""
        if conversion == "%":
            continue
        if conversion in "aAeEfFgG":
            found.add(prefix + "_float")
        if conversion in "CS" or (length == "l" and conversion in "cs["):
            found.add(prefix + "_wide")
        if m["position"] or (not scan and "$" in m.group()):
            found.add(prefix + "_positional")
        if not scan and conversion == "m":
            found.add("format_error")
        if scan and m["allocate"]:
            found.add("scan_allocate")
    return found


def check_formats(record, analysis):
    count = 0
    for kind in "printf", "scanf":
        for text in record.by_kind[kind]:
            count += 1
            for fact in wants(text, kind == "scanf") | {kind}:
                if fact not in analysis.facts:
                    problem(f'{kind} "{text}" was used, but {fact} is no fact')
    return count


def check_opens(record, analysis):
    opens = [d.rsplit(" ", 1) for d in analysis.facts["opens"]]
    for text in record.by_kind["open"]:
        how, _, path = text.partition(" ")
        if not any(p in ("?", path) and h in ("?", "write", how)
                   for p, h in opens):
            problem(f"{path} was opened ({how}), but no fact says so")
        if how == "write" and "file_write" not in analysis.facts:
            problem(f"{path} was opened to write, but file_write is no fact")
    return len(record.by_kind["open"])


def check_signals(record, analysis):
    for n in record.by_kind["signal"]:
        if not {n, "?"} & analysis.facts["signals"]:
            problem(f"signal {n} got a handler, but no fact says so")
    return len(record.by_kind["signal"])


def main():
    title, recorded, tools, calls, folder, traces = sys.argv[1:]
    record, analysis = Record(recorded), Analysis(folder, traces)
    functions = check_functions(record, analysis)
    sites, pairs = check_sites(record, analysis, os.path.join(tools, "names"))
    there = {plain(n) for n in read(os.path.join(tools, "functions"))}
    print(f"{title}: {functions} functions ran of "
          f"{len(there & analysis.reached)} kept of {len(there)}, "
          f"{sites} indirect calls went to "
          f"{pairs} targets, {check_calls(calls, analysis)} system calls, "
          f"{check_formats(record, analysis)} formats, "
          f"{check_opens(record, analysis)} opens, "
          f"{check_signals(record, analysis)} signals: "
          f"{len(problems)} not foreseen")
    for text in sorted(set(problems)):
        print(f"{title}: error: {text}")
    if not functions:
        print(f"{title}: error: nothing was recorded")
    return 1 if problems or not functions else 0


sys.exit(main())
