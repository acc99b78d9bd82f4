# SPDX-License-Identifier: BSD-2-Clause
# A lit test format whose tests are derived: every program of corpus/apps
# times every target that corpus programs are promised on. A `long` line in its
# app file leaves it to ./check --long, as do the other architectures and bare
# machines, but for a few programs. One with a `cause` line must fail; with
# `cause-alone`, where there is no Linux below it. A `not` line names targets on
# which it is something else, or nothing. One with `suite` lines has a second test,
# APP.suite: its package's own tests, on the targets whose images run them;
# --long but for a few.
import os
import subprocess
import lit.Test
import lit.formats

TARGETS = ("linuxu-x86_64", "kvm-x86_64")
LONG_TARGETS = ("bare-x86_64", "xenpvh-x86_64", "xenpv-x86_64", "kvm-aarch64",
                "kvm-arm", "kvm-riscv64", "bare-mips",
                "bare-mipsel", "linuxu-aarch64", "linuxu-arm", "linuxu-mips",
                "linuxu-mipsel", "linuxu-riscv64")
# A target that a few programs are promised on.
FEW = {"xen-aarch64": ("bc", "hello-float", "hello-int", "lua")}
QUICK = {("lua", "kvm-aarch64"), ("lua", "kvm-arm"), ("lua", "kvm-riscv64"),
         ("lua", "xen-aarch64"), ("bc", "kvm-arm"),
         ("hello-float", "bare-x86_64"), ("hello-float", "bare-mips")}
QUICK_SUITES = {"cksfv", "figlet", "par", "tinycdb", "unhtml"}


def suite_targets(apps, app):
    with open(os.path.join(apps, app, "app")) as lines:
        words = [line.split() for line in lines]
    if not any(w[:1] == ["suite"] for w in words):
        return []
    return [t for w in words if w[:1] == ["suite-targets"]
            for t in w[1:]] or ["linuxu-x86_64"]


class CorpusTest(lit.formats.TestFormat):
    def getTestsInDirectory(self, suite, path, lit_config, config):
        apps = os.path.join(config.unicore_root, "corpus", "apps")
        for app in sorted(os.listdir(apps)):
            if os.path.exists(os.path.join(apps, app, "app")):
                few = tuple(t for t in FEW if app in FEW[t])
                for target in TARGETS + LONG_TARGETS + few:
                    yield lit.Test.Test(suite, path + (f"{app}.{target}",),
                                        config)
                for target in suite_targets(apps, app):
                    yield lit.Test.Test(
                        suite, path + (f"{app}.suite.{target}",), config)

    def execute(self, test, lit_config):
        app, target = test.path_in_suite[-1].rsplit(".", 1)
        if app.endswith(".suite"):
            return self.run_suite(app[:-len(".suite")], target, test.config)
        path = os.path.join(test.config.unicore_root, "corpus", "apps", app,
                            "app")
        lines = open(path).read().splitlines()
        if any(line.startswith("not ") and target in line.split()
               for line in lines):
            return lit.Test.UNSUPPORTED, "not for this target: see its app file"
        is_cause = any(line.startswith("cause ") or
                       (line.startswith("cause-alone ") and
                        not target.startswith("linuxu-")) for line in lines)
        is_long = any(line.startswith("long") for line in lines) or (
            target in LONG_TARGETS + tuple(FEW) and (app, target) not in QUICK)
        if is_long and "long" not in test.config.available_features:
            return lit.Test.UNSUPPORTED, "only with --long"
        code, output = self.run(test.config, app, target)
        if is_cause:  # converted by now, it needs no cause any more
            code = (lit.Test.XFAIL if code == lit.Test.FAIL else
                    lit.Test.XPASS)
        return code, output

    def run_suite(self, app, target, config):
        if (app not in QUICK_SUITES and
                "long" not in config.available_features):
            return lit.Test.UNSUPPORTED, "only with --long"
        return self.run(config, "--suite", app, target)

    def run(self, config, *arguments):
        run = subprocess.run(
            [os.path.join(config.unicore_root, "corpus", "run"), *arguments],
            env=config.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = run.stdout.decode(errors="replace")
        return lit.Test.PASS if run.returncode == 0 else lit.Test.FAIL, output
