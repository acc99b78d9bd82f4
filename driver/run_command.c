/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_command.c: QEMU's command line for an image: the machine that it is made
 * for, what it is given of devices, and how it gets its own command line.
 */
#include "run.h"

#include <stdlib.h>
#include <string.h>

/* ---- machines ---- */

/* The first of a target is what it runs on if nothing is said. */
static const struct machine {
    const char *platform, *arch, *name;
    const char *words; /* for -M */
    bool mmio;         /* virtio devices are not on PCI */
    const char *cpu;   /* if not the one with everything */
} machines[] = {
    {"kvm", "x86_64", "microvm",
     "microvm,auto-kernel-cmdline=off,rtc=on,pit=on,ioapic2=off", true, NULL},
    {"kvm", "x86_64", "q35", "q35", false, NULL},
    {"bare", "x86_64", "q35", "q35", false, NULL},
    {"bare", "x86_64", "pc", "pc", false, NULL},
    {"kvm", "aarch64", "virt", "virt", true, NULL},
    {"kvm", "aarch64", "virt-gic3", "virt,gic-version=3", true, NULL},
    {"kvm", "arm", "virt", "virt", true, NULL},
    {"kvm", "arm", "virt-gic3", "virt,gic-version=3", true, NULL},
    {"kvm", "riscv64", "virt", "virt", true, "rv64"},
    {"xen", "aarch64", "virt", "virt,virtualization=on", true, NULL},
    {"xen", "aarch64", "virt-gic3", "virt,virtualization=on,gic-version=3",
     true, NULL},
    {"bare", "mips", "malta", "malta", false, "P5600"},
    {"bare", "mipsel", "malta", "malta", false, "P5600"},
};

static const struct machine *machine_of(const struct options *o,
                                        const struct image *image)
{
    struct buf names = {0};

    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        if (strcmp(machines[i].platform, image->platform) != 0 ||
            strcmp(machines[i].arch, image->arch) != 0)
            continue;
        if (!o->machine || !strcmp(o->machine, machines[i].name))
            return &machines[i];
        buf_printf(&names, "%s%s", names.n ? " or " : "", machines[i].name);
    }
    if (names.n)
        fail("--machine %s: expected %s", o->machine, names.p);
    return NULL;
}

bool qemu_mmio(const struct options *o, const struct image *image)
{
    return machine_of(o, image)->mmio;
}

static bool is_pc(const struct image *image)
{
    return !strcmp(image->arch, "x86_64");
}

static bool is_malta(const struct image *image)
{
    return has_prefix(image->arch, "mips");
}

static bool is_riscv(const struct image *image)
{
    return has_prefix(image->arch, "riscv");
}

const char *qemu_name(const struct image *image)
{
    return format("qemu-system-%s", image->arch);
}

const char *qemu_package(const struct image *image)
{
    if (is_pc(image))
        return "qemu-system-x86";
    if (is_riscv(image))
        return "qemu-system-misc";
    return is_malta(image) ? "qemu-system-mips" : "qemu-system-arm";
}

bool qemu_machine(struct options *o, const struct image *image)
{
    const struct machine *m = machine_of(o, image);

    if (is_xen(image) && o->machine)
        fail("--machine %s: Xen's guests have no choice: %s", o->machine,
             o->image);
    if (is_xen(image))
        return true;
    if (m)
        o->machine = m->name;
    return m;
}

/* ---- the command ---- */

/* Quoted as libpool/line reads it; `=` too where it would assign. */
static void add_word(struct buf *b, const char *s, bool plain_equals)
{
    if (b->n)
        buf_str(b, " ");
    if (!*s)
        buf_str(b, "''");
    for (; *s; s++) {
        if (strchr(" '\"\\", *s) || (*s == '=' && !plain_equals))
            buf_str(b, "\\");
        buf_add(b, s, 1);
    }
}

char *qemu_line(const struct options *o)
{
    struct buf b = {0};

    for (size_t i = 0; i < arrlenu(o->env); i++)
        add_word(&b, o->env[i], true);
    for (char **a = o->args; *a; a++)
        add_word(&b, *a, a != o->args);
    if (b.n > 100000)
        fail("%s: arguments of %zu bytes; 100000 fit on the command line",
             o->image, b.n);
    return b.p;
}

char *qemu_value(const char *s)
{
    struct buf b = {0};

    buf_add(&b, "", 0);
    for (; *s; s++)
        buf_add(&b, *s == ',' ? ",," : s, *s == ',' ? 2 : 1);
    return b.p;
}

static void add_all(const char ***argv, const char *const *words)
{
    for (; *words; words++)
        arrput(*argv, *words);
}

static void add_count(const char ***argv, const struct options *o,
                      uint64_t entry)
{
    char *so = path_join(bin_dir(), "unicore-count.so");
    struct buf hex = {0};

    if (!file_exists(so))
        fail("%s is missing: build the target unicore-count", so);
    buf_add(&hex, "", 0);
    for (const char *s = o->marker; s && *s; s++)
        buf_printf(&hex, "%02x", (unsigned char)*s);
    const char *words[] = {"-icount",
                           "shift=0,sleep=off",
                           "-rtc",
                           "base=2020-01-01,clock=vm",
                           "-plugin",
                           format("%s,entry=0x%llx,marker=x%s,count=%d,log=%d",
                                  so, (unsigned long long)entry, hex.p,
                                  COUNT_FD, LOG_FD),
                           NULL};
    add_all(argv, words);
}

/* What is started, and how. */
static void add_image(const char ***argv, const struct options *o,
                      const struct image *image)
{
    bool multiboot = is_pc(image) && !strcmp(image->platform, "bare");

    if (o->iso) {
        arrput(*argv, "-cdrom");
        arrput(*argv, o->iso);
        return;
    }
    /*
     * By Multiboot, QEMU puts the file's name and a blank before the line,
     * which the image takes off again: a name without blanks.
     */
    if (is_first(image)) {
        first_qemu(o, qemu_line(o), argv);
        return;
    }
    if (is_riscv(image)) { /* no firmware, which would speak on the console */
        arrput(*argv, "-bios");
        arrput(*argv, "none");
    }
    arrput(*argv, "-kernel");
    arrput(*argv, multiboot && !o->print_command ? "/dev/fd/" IMAGE_FD_TEXT
                                                 : o->image);
    arrput(*argv, "-append");
    arrput(*argv, is_malta(image) ? "=uhi" : qemu_line(o));
}

/*
 * Where the exit status goes, since QEMU's own has seven bits: a PC has a debug
 * console for it, others call the monitor by semihosting. On malta the command
 * line comes that way, too, as the other has room for 255 bytes
 * (platforms/bare/malta boot.c).
 */
static void add_status(const char ***argv, const struct options *o,
                       const struct image *image)
{
    const char *pc[] = {"-device", "isa-debugcon,iobase=0xe9,chardev=status",
                        "-device", "isa-debug-exit,iobase=0xf4,iosize=1", NULL};
    const char *others[] = {
        "-semihosting-config",
        format("enable=on,target=native,chardev=status%s%s",
               is_malta(image) ? ",arg=" : "",
               is_malta(image) ? qemu_value(qemu_line(o)) : ""),
        NULL};

    arrput(*argv, "-chardev");
    arrput(*argv, format("file,id=status,path=/dev/fd/%d", STATUS_FD));
    add_all(argv, is_pc(image) ? pc : others);
}

bool qemu_has_stderr(const struct options *o, const struct image *image)
{
    return is_pc(image) && !is_xen(image) && !o->print_command;
}

/*
 * Standard error has a serial line of its own, and, where it is one with
 * standard output, the same pipe: so the order is the one written.
 */
static void add_stderr(const char ***argv, const char *log)
{
    const char *words[] = {
        "-chardev",
        format("file,id=stderr,path=/dev/fd/%d%s%s",
               outputs_are_one() ? 1 : STDERR_FD, log ? ",logfile=" : "",
               log ? log : ""),
        "-device", "isa-serial,chardev=stderr,iobase=0x2f8,irq=3", NULL};

    add_all(argv, words);
}

static const char *cpu_name(const struct options *o, const struct image *image)
{
    const char *cpu = machine_of(o, image)->cpu;

    if (!cpu)
        cpu = strcmp(o->accelerator, "kvm") ? "max" : "host";
    return cpu;
}

const char **qemu_command(const struct options *o, const struct image *image)
{
    if (is_xen(image))
        return xen_command(o, image);
    if (is_first(image))
        first_check(o);

    /* both lines add to the copy for the counter */
    const char *copy =
        o->count ? format("/dev/fd/%d,logappend=on", LOG_FD) : NULL;
    const char *log = copy || !o->host_log ? copy : qemu_value(o->host_log);
    char *console = format("stdio,id=console,signal=off%s%s",
                           log ? ",logfile=" : "", log ? log : "");
    const char *words[] = {qemu_name(image),
                           "-M",
                           machine_of(o, image)->words,
                           "-nodefaults",
                           "-no-user-config",
                           "-display",
                           "none",
                           "-no-reboot",
                           "-accel",
                           o->accelerator,
                           "-cpu",
                           cpu_name(o, image),
                           "-m",
                           is_first(image) ? first_memory(o) : o->memory,
                           "-chardev",
                           console,
                           "-serial",
                           "chardev:console",
                           NULL};
    const char **argv = NULL;

    add_all(&argv, words);
    add_status(&argv, o, image);
    if (qemu_has_stderr(o, image))
        add_stderr(&argv, copy);
    add_image(&argv, o, image);
    if (qemu_mmio(o, image)) { /* virtio 1.0 */
        arrput(argv, "-global");
        arrput(argv, "virtio-mmio.force-legacy=false");
    }
    disk_qemu(o, image, &argv);
    if (o->count)
        add_count(&argv, o, image->entry);
    else if (!o->print_command && is_pc(image)) /* which anybody may run */
        time_qemu(TIME_FD, &argv);
    net_qemu(o, image, &argv);
    for (size_t i = 0; i < arrlenu(o->qemu); i++)
        arrput(argv, o->qemu[i]);
    arrput(argv, NULL);
    return argv;
}

void qemu_print(const char **argv)
{
    for (; *argv; argv++) {
        fputs(argv[0], stdout);
        putchar(argv[1] ? ' ' : '\n');
    }
}

/*
 * With less than the image takes, and its stack (platforms/kvm entry.S: one
 * large page for each 16 MiB, up to four), nothing would come out of a PC.
 * q35's firmware works above the image. On `virt` the image says it itself,
 * if QEMU can load it.
 */
void qemu_check_memory(const struct options *o, const struct image *image)
{
    const uint64_t large = 2 << 20, page = 8192; /* QEMU's rounding */
    const uint64_t tree = 64 << 10;
    uint64_t has = o->memory_bytes, need = image->end, stack = has >> 24;

    if (!is_pc(image)) {
        const uint64_t start = is_riscv(image) ? 2ul << 30 : 1 << 30;
        need = need > start ? need - start : need; /* where memory starts */
        stack = 0;
    }
    if (is_riscv(image)) /* the device tree, in the last that is left */
        need = (need + large - 1) / large * large + tree;
    if (stack)
        need = (need + large - 1) / large * large +
               (stack < 4 ? stack : 4) * large;
    if (is_pc(image) && strcmp(o->machine, "microvm") != 0 && need < large)
        need = large;
    if (need > has && need - has >= page)
        fail("%s: it needs at least %llu KiB on %s, --mem gives %llu", o->image,
             (unsigned long long)(need + 1023) / 1024, o->machine,
             (unsigned long long)has / 1024);
}
