/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.c: unicore-run starts an image under the monitor that it is made for.
 * The image's note says which. Standard input reaches the program and ends
 * there as end-of-file, standard output is the program's console and nothing
 * else, standard error is its own where the machine has a line for it and on
 * the console elsewhere, and the exit status is the program's: 128+n where
 * Linux would have ended it by signal n, 124 when the time was up, 125 when
 * nothing could run.
 */
#include "run.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-run [options] IMAGE [argument...]\n"
    "   IMAGE.iso is started as a CD; what it is, IMAGE beside it says.\n"
    "  -m, --mem SIZE       memory of the machine (default 128M)\n"
    "  -t, --timeout S      end it after S seconds, with status 124\n"
    "  -e, --env NAME=VALUE set a variable of the program's environment\n"
    "      --argv0 NAME     the program's own name (default: as built)\n"
    "      --disk FILE[,ro] the disk with the program's files (made with "
    "--disk)\n"
    "      --share DIR[,ro] the folder that is its root (made with --share)\n"
    "      --cwd DIR        where in that folder the program starts (default: "
    "/)\n"
    "      --machine NAME   kvm: microvm (default) or q35; bare: q35 "
    "(default) or pc\n"
    "      --nic NAME       bare, or passed on to a guest of Xen: e1000 "
    "(default), e1000e...\n"
    "      --accel NAME     kvm: tcg (default) or kvm\n"
    "      --net NET        user (default), tap=IFACE, netdev=SPEC, none\n"
    "      --fwd HOST:GUEST[/udp]  a port of this computer is one of the "
    "image\n"
    "      --ip A/BITS[:GATEWAY[:NAMESERVER]][,A6/64[,GATEWAY6]]\n"
    "                       its addresses, or dhcp\n"
    "      --qemu WORD      kvm: one more word for QEMU\n"
    "      --host-log FILE  xen: what Xen and its first domain say\n"
    "      --host-run LINE  xen: commands for the host's shell, beside the "
    "domain `image`\n"
    "      --host-file FILE xen: a file for them, $file\n"
    "      --faults         linuxu of another architecture: name a fault; "
    "others do\n"
    "      --count          count instructions; prints on stderr\n"
    "      --marker TEXT    with --count: until the console shows TEXT\n"
    "      --print-command  print what would be run (kvm)\n"
    "      --help, --version\n";

enum {
    OPT_ARGV0 = 256,
    OPT_MACHINE,
    OPT_ACCEL,
    OPT_COUNT,
    OPT_MARKER,
    OPT_PRINT,
    OPT_HELP,
    OPT_VERSION,
    OPT_DISK,
    OPT_SHARE,
    OPT_CWD,
    OPT_NET,
    OPT_FWD,
    OPT_IP,
    OPT_QEMU,
    OPT_NIC,
    OPT_HOST_LOG,
    OPT_HOST_RUN,
    OPT_HOST_FILE,
    OPT_FAULTS,
};

static const struct option long_options[] = {
    {"mem", required_argument, NULL, 'm'},
    {"timeout", required_argument, NULL, 't'},
    {"env", required_argument, NULL, 'e'},
    {"argv0", required_argument, NULL, OPT_ARGV0},
    {"machine", required_argument, NULL, OPT_MACHINE},
    {"accel", required_argument, NULL, OPT_ACCEL},
    {"faults", no_argument, NULL, OPT_FAULTS},
    {"count", no_argument, NULL, OPT_COUNT},
    {"marker", required_argument, NULL, OPT_MARKER},
    {"print-command", no_argument, NULL, OPT_PRINT},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {"net", required_argument, NULL, OPT_NET},
    {"fwd", required_argument, NULL, OPT_FWD},
    {"ip", required_argument, NULL, OPT_IP},
    {"qemu", required_argument, NULL, OPT_QEMU},
    {"nic", required_argument, NULL, OPT_NIC},
    {"host-run", required_argument, NULL, OPT_HOST_RUN},
    {"host-file", required_argument, NULL, OPT_HOST_FILE},
    {"host-log", required_argument, NULL, OPT_HOST_LOG},
    {"disk", required_argument, NULL, OPT_DISK},
    {"share", required_argument, NULL, OPT_SHARE},
    {"cwd", required_argument, NULL, OPT_CWD},
    {0},
};

_Noreturn void fail(const char *fmt, ...)
{
    char text[2048];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    error("%s", text);
    exit(EXIT_OURS);
}

/* Milliseconds. */
static int64_t seconds(const char *s)
{
    char *end;
    double n = strtod(s, &end);

    if (*end || end == s || !isdigit((unsigned char)*s) || !(n >= 0.001) ||
        n > 1000000)
        fail("--timeout %s: expected seconds, 0.001 to 1000000", s);
    return (int64_t)(n * 1000);
}

/* Digits and K, M or G; QEMU takes plain digits as MiB. */
static void set_memory(struct options *o, const char *s)
{
    char *end;
    uint64_t n = strtoul(s, &end, 10);
    int shift = *end == 'K' ? 10 : *end == 'G' ? 30 : 20;

    if (end == s || !n || s[0] == '-' ||
        (*end && (!strchr("KMG", *end) || end[1])))
        fail("--mem %s: expected a size as 1088K, 64M or 2G", s);
    o->memory = s;
    o->memory_bytes = n > UINT64_MAX >> shift ? UINT64_MAX : n << shift;
}

static const char *one_of(const char *option, const char *s, const char *a,
                          const char *b)
{
    if (strcmp(s, a) != 0 && strcmp(s, b) != 0)
        fail("%s %s: expected %s or %s", option, s, a, b);
    return s;
}

static const char *assignment(const char *s)
{
    if (!strchr(s, '=') || s[0] == '=')
        fail("--env %s: expected NAME=VALUE", s);
    return s;
}

_Noreturn static void say(const char *text)
{
    fputs(text, stdout);
    exit(0);
}

static const char *nic_name(const char *s)
{
    if (!has_prefix(s, "e1000"))
        fail("--nic %s: expected e1000, e1000e or another of QEMU's", s);
    return s;
}

/* What the machine is connected to. */
static void set_device(struct options *o, int c)
{
    switch (c) {
    case OPT_NET:
        o->net = optarg;
        break;
    case OPT_FWD:
        arrput(o->fwd, optarg);
        break;
    case OPT_IP:
        o->ip = optarg;
        break;
    case OPT_NIC:
        o->nic = nic_name(optarg);
        break;
    case OPT_QEMU:
        arrput(o->qemu, optarg);
        break;
    case OPT_HOST_RUN:
        o->host_run = optarg;
        break;
    case OPT_HOST_FILE:
        disk_source(&o->host_file, "--host-file", format("%s,ro", optarg));
        break;
    case OPT_HOST_LOG:
        o->host_log = optarg;
        break;
    case OPT_DISK:
        disk_source(&o->disk, "--disk", optarg);
        break;
    case OPT_SHARE:
        disk_source(&o->share, "--share", optarg);
        break;
    case OPT_CWD:
        o->cwd = optarg;
        break;
    default:
        note("see unicore-run --help");
        exit(EXIT_OURS);
    }
}

static void set_option(struct options *o, int c, const char **argv0)
{
    switch (c) {
    case 'm':
        set_memory(o, optarg);
        break;
    case 't':
        o->timeout_ms = seconds(optarg);
        break;
    case 'e':
        arrput(o->env, assignment(optarg));
        break;
    case OPT_ARGV0:
        *argv0 = optarg;
        break;
    case OPT_MACHINE:
        o->machine = optarg;
        break;
    case OPT_ACCEL:
        o->accelerator = one_of("--accel", optarg, "tcg", "kvm");
        break;
    case OPT_COUNT:
        o->count = true;
        break;
    case OPT_FAULTS:
        o->faults = true;
        break;
    case OPT_MARKER:
        o->marker = optarg;
        break;
    case OPT_PRINT:
        o->print_command = true;
        break;
    case OPT_HELP:
        say(usage);
    case OPT_VERSION:
        say("unicore-run 0.1\n");
    default:
        set_device(o, c);
    }
}

static void read_options(struct options *o, const char **argv0, int argc,
                         char **argv)
{
    int c;

    while ((c = getopt_long(argc, argv, "+m:t:e:h", long_options, NULL)) != -1)
        set_option(o, c == 'h' ? OPT_HELP : c, argv0);
    if (optind == argc) {
        error("which image?");
        note("see unicore-run --help");
        exit(EXIT_OURS);
    }
    if (o->marker && (!o->count || !*o->marker))
        fail("--marker: only says when --count stops, and cannot be empty");
    o->image = argv[optind];
    o->args = argv + optind;
    if (has_suffix(o->image, ".iso")) {
        o->iso = o->image;
        o->image = xstrndup(o->iso, strlen(o->iso) - strlen(".iso"));
    }
}

/* A CD has its own command line. */
static void check_iso(const struct options *o)
{
    if (!o->iso)
        return;
    if (!file_exists(o->iso))
        fail("%s: no such file", o->iso);
    if (o->args[1] || arrlenu(o->env) || o->ip)
        fail("%s: its command line is on it: arguments are built in (--args), "
             "its address, too (--ip), or it asks for one",
             o->iso);
}

/* APP of .../APP/TARGET/image, where products are; else the file's name. */
static const char *name_by_path(const char *path)
{
    char *full = realpath(path, NULL), *parts[3] = {NULL, NULL, NULL};

    if (!full || strcmp(path_base(full), "image") != 0)
        return path_base(path);
    for (int i = 0; i < 3; i++) {
        char *slash = strrchr(full, '/');
        if (!slash || !slash[1])
            return path_base(path);
        parts[i] = slash + 1;
        *slash = 0;
    }
    return parts[2];
}

/* The name that the program sees: asked for, as built, or by the path. */
static void set_argv0(struct options *o, const struct image *image,
                      const char *asked)
{
    const char *name = asked ? asked : image->name;

    o->args[0] = xstrdup(name ? name : name_by_path(o->image));
}

/* 0, 1 and 2 are what they mean, if only /dev/null: pipes get other numbers. */
static void open_standard(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= 2);
    close(fd);
}

/* A machine has its own, which is 022. */
static void pass_umask(struct options *o)
{
    mode_t mask = umask(0);

    umask(mask);
    if (mask != 022)
        arrput(o->env, format("UC_UMASK=%03o", (unsigned)mask));
}

int main(int argc, char **argv)
{
    struct options o = {.accelerator = "tcg"};
    struct counts counts = {-1, -1};
    struct image image;
    const char *argv0 = NULL;
    int status;

    prog = "unicore-run";
    open_standard();
    set_memory(&o, "128M");
    read_options(&o, &argv0, argc, argv);
    image_read(o.image, &image);
    if (image.has_args && o.args[1])
        fail("%s: its arguments are built in (--args), it takes no others",
             o.image);
    bool qemu = qemu_machine(&o, &image);
    check_iso(&o);
    disk_check(&o, &image);
    set_argv0(&o, &image, argv0);
    net_check(&o, &image);
    if (net_word(&o, &image))
        arrput(o.env, net_word(&o, &image));
    if (o.cwd)
        arrput(o.env, format("UC_CWD=%s", o.cwd));
    if (qemu && o.share.path)
        pass_umask(&o);
    if (!strcmp(image.platform, "linuxu"))
        status = run_linuxu(&o, &image, o.count ? &counts : NULL);
    else if (qemu)
        status = run_kvm(&o, &image, o.count ? &counts : NULL);
    else
        fail("%s: no monitor for platform %s", o.image, image.platform);
    if (o.count)
        fprintf(stderr, "entry_to_output=%lld entry_to_exit=%lld\n",
                (long long)counts.entry_to_output,
                (long long)counts.entry_to_exit);
    return status;
}
