/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialize.c: unicore-specialize: from an unmodified program to images.
 *
 *     unicore-specialize corpus/apps/hello
 *     build/bin/unicore-run out/hello/kvm-x86_64/image
 *
 * For each program: capture it once, then for each target run the stages of
 * stage.c, several targets at a time. Products appear whole or not at all.
 */
#include "specialize.h"
#include "jobs.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-specialize [options] APP...\n"
    "\n"
    "APP is a folder (Make, autotools, CMake, Meson, or .c files), .c, .S, "
    ".bc,\n"
    ".o or .a files, an ELF built with unicore-cc, or deb:NAME, a Debian "
    "source\n"
    "package.\n"
    "\n"
    "  -t, --target P-A,...|all  targets (default linuxu-x86_64,kvm-x86_64)\n"
    "  -o, --out DIR             where products go (default out)\n"
    "      --bin NAME            which program of a tree that builds several\n"
    "      --build-options WORDS for its configure, CMake or make\n"
    "      --ip A/BITS[:GATEWAY[:NAMESERVER]][,A6/64[,GATEWAY6]]\n"
    "                            network address built into the image\n"
    "      --net tap             linuxu: a network of its own, not the host's\n"
    "      --net pci             xenpv: a network card that Xen passes on\n"
    "      --args STRING         arguments built into the image\n"
    "      --root DIR            root file system built into the image\n"
    "      --disk                root file system on a disk: ext2, 3 or 4\n"
    "      --share               root file system is a folder of the host\n"
    "      --iso                 bare-x86_64: a CD or USB stick, too: "
    "image.iso\n"
    "      --libc auto|musl|newlib\n"
    "      --choose ROLE=COMPONENT  fill a role by hand\n"
    "      --assume FACT         take a fact to hold, as if the program did "
    "it\n"
    "      --without NAME        leave out a cut or pass, to measure it; "
    "help\n"
    "                            lists them\n"
    "      --explain NAME        why is it there (or not), what does it go "
    "with, and\n"
    "                            what would that save: a function, variable, "
    "file,\n"
    "                            section, component, role, knob or fact; "
    "BYTES: the\n"
    "                            largest parts\n"
    "      --print-dropped       what was left out, and why\n"
    "      --scan                do not build: what the sources need, and "
    "what\n"
    "                            images lack of it; --json: as JSON\n"
    "      --strict              fail if something the program calls is "
    "missing\n"
    "      --save-temps          keep what the stages hand over\n"
    "  -j, --jobs N              targets and compilers at a time\n"
    "  -q, --quiet   -v, --verbose   -h, --help   --version\n"
    "\n"
    "Products are in OUT/<app>/<target>/: image, image.map, facts, pick,\n"
    "reached, unicore.config, config.h, init.c, dropped, report.json, and\n"
    "report.html, the map to click on.\n"
    "Exit status: 0 done, 1 the input's fault, 2 ours.\n";

enum {
    OPT_BIN = 256,
    OPT_BUILD,
    OPT_ARGS,
    OPT_IP,
    OPT_NET,
    OPT_ROOT,
    OPT_DISK,
    OPT_SHARE,
    OPT_ISO,
    OPT_LIBC,
    OPT_CHOOSE,
    OPT_ASSUME,
    OPT_WITHOUT,
    OPT_EXPLAIN,
    OPT_DROPPED,
    OPT_SCAN,
    OPT_JSON,
    OPT_STRICT,
    OPT_TEMPS,
    OPT_VERSION
};

static const struct option longs[] = {
    {"target", required_argument, NULL, 't'},
    {"out", required_argument, NULL, 'o'},
    {"bin", required_argument, NULL, OPT_BIN},
    {"build-options", required_argument, NULL, OPT_BUILD},
    {"args", required_argument, NULL, OPT_ARGS},
    {"ip", required_argument, NULL, OPT_IP},
    {"net", required_argument, NULL, OPT_NET},
    {"root", required_argument, NULL, OPT_ROOT},
    {"disk", no_argument, NULL, OPT_DISK},
    {"share", no_argument, NULL, OPT_SHARE},
    {"iso", no_argument, NULL, OPT_ISO},
    {"libc", required_argument, NULL, OPT_LIBC},
    {"choose", required_argument, NULL, OPT_CHOOSE},
    {"assume", required_argument, NULL, OPT_ASSUME},
    {"without", required_argument, NULL, OPT_WITHOUT},
    {"explain", required_argument, NULL, OPT_EXPLAIN},
    {"print-dropped", no_argument, NULL, OPT_DROPPED},
    {"scan", no_argument, NULL, OPT_SCAN},
    {"json", no_argument, NULL, OPT_JSON},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"save-temps", no_argument, NULL, OPT_TEMPS},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static const char *libc_option(const char *s)
{
    if (strcmp(s, "auto") != 0 && strcmp(s, "musl") != 0 &&
        strcmp(s, "newlib") != 0)
        die("--libc: `%s' found, expected auto, musl or newlib", s);
    return s;
}

/* Four numbers with dots between them, at most 255; NULL, or behind them. */
static const char *address_end(const char *s)
{
    for (int i = 0; i < 4; i++) {
        size_t n = strspn(s, "0123456789");
        if (n < 1 || n > 3 || strtol(s, NULL, 10) > 255)
            return NULL;
        s += n;
        if (i < 3 && *s++ != '.')
            return NULL;
    }
    return s;
}

/* After ADDRESS6/64[,GATEWAY6]; NULL: it is not one. */
static const char *address6_end(const char *s)
{
    char text[128];
    struct in6_addr a;
    size_t n = strlen(s);
    char *slash, *comma;

    if (n >= sizeof text)
        return NULL;
    memcpy(text, s, n + 1);
    comma = strchr(text, ',');
    if (comma)
        *comma = 0;
    slash = strchr(text, '/');
    if (!slash || strcmp(slash, "/64") != 0)
        return NULL;
    *slash = 0;
    return inet_pton(AF_INET6, text, &a) == 1 &&
                   (!comma || inet_pton(AF_INET6, comma + 1, &a) == 1)
               ? s + n
               : NULL;
}

static const char *ip_option(const char *s)
{
    const char *p = address_end(s);
    char *end = NULL;

    if (p && *p == '/' && isdigit((unsigned char)p[1]) &&
        strtol(p + 1, &end, 10) <= 32)
        p = end;
    else
        p = NULL;
    for (int i = 0; i < 2 && p && *p == ':'; i++)
        p = address_end(p + 1);
    if (p && *p == ',')
        p = address6_end(p + 1);
    if (!p || *p)
        die("--ip: `%s' found, expected A.B.C.D/BITS[:GATEWAY[:NAMESERVER]]"
            "[,ADDRESS6/64[,GATEWAY6]]",
            s);
    return s;
}

static const char *net_option(const char *s)
{
    if (strcmp(s, "tap") != 0 && strcmp(s, "pci") != 0)
        die("--net: `%s' found, expected tap or pci", s);
    return s;
}

static const char *root_option(const char *s)
{
    if (!is_dir(s))
        die("--root: %s is not a folder", s);
    return s;
}

static void long_option(struct options *o, int c)
{
    switch (c) {
    case OPT_BIN:
        o->bin = optarg;
        break;
    case OPT_BUILD:
        o->build_options = optarg;
        break;
    case OPT_ARGS:
        o->args = optarg;
        break;
    case OPT_IP:
        o->ip = ip_option(optarg);
        break;
    case OPT_NET:
        o->net = net_option(optarg);
        break;
    case OPT_ROOT:
        o->root = root_option(optarg);
        break;
    case OPT_LIBC:
        o->libc = libc_option(optarg);
        break;
    case OPT_CHOOSE:
        arrput(o->choose, optarg);
        break;
    case OPT_ASSUME:
        arrput(o->assume, optarg);
        break;
    case OPT_WITHOUT:
        arrput(o->without, optarg);
        break;
    case OPT_EXPLAIN:
        if (!*optarg)
            die("--explain: nothing found, expected a name");
        o->explain = optarg;
        break;
    case OPT_DROPPED:
        o->print_dropped = true;
        break;
    case OPT_SCAN:
        o->scan = true;
        break;
    case OPT_JSON:
        o->json = true;
        break;
    case OPT_STRICT:
        o->strict = true;
        break;
    case OPT_TEMPS:
        o->save_temps = true;
        break;
    case OPT_VERSION:
        puts("unicore-specialize " UNICORE_VERSION);
        exit(0);
    default:
        note("see unicore-specialize --help");
        exit(1);
    }
}

static bool has_target(const struct options *o, const char *name)
{
    for (size_t i = 0; i < arrlenu(o->targets); i++)
        if (!strcmp(o->targets[i].name, name))
            return true;
    return false;
}

static void parse(struct options *o, int argc, char **argv)
{
    const char *targets = "linuxu-x86_64,kvm-x86_64";
    int c;

    while ((c = getopt_long(argc, argv, "t:o:j:qvh", longs, NULL)) != -1) {
        if (c == 't')
            targets = optarg;
        else if (c == 'o')
            o->out = optarg;
        else if (c == 'j')
            o->jobs = jobs_option(optarg);
        else if (c == OPT_DISK)
            o->disk = true;
        else if (c == OPT_SHARE)
            o->share = true;
        else if (c == OPT_ISO)
            o->iso = true;
        else if (c == 'q' || c == 'v')
            verbosity = c == 'q' ? -1 : 1;
        else if (c == 'h') {
            fputs(usage, stdout);
            exit(0);
        } else
            long_option(o, c);
    }
    for (size_t i = 0; i < arrlenu(o->without); i++)
        if (!strcmp(o->without[i], "help"))
            exit(stage_help_without(&targets_parse(targets)[0]) ? 0 : 1);
    if (optind == argc)
        die("no program given (see --help)");
    if ((o->root != NULL) + o->disk + o->share > 1)
        die("--root, --disk, --share: the root file system is in one place, "
            "give one of them");
    if (o->json && !o->scan)
        die("--json: only with --scan");
    o->targets = targets_parse(targets);
    if (o->iso && !has_target(o, ISO_TARGET))
        die("--iso: only images of " ISO_TARGET " start from a CD (-t)");
}

/* Captures the program once for each arch among the targets. */
static struct capture_result *capture_all(const struct options *o, char **apps)
{
    size_t n = arrlenu(o->targets);
    struct capture_result *found = xcalloc(n, sizeof *found);

    for (size_t i = 0; i < n; i++) {
        struct capture_request req = {.apps = apps,
                                      .bin = o->bin,
                                      .build_options = o->build_options,
                                      .arch = o->targets[i].arch,
                                      .libc = "musl",
                                      .jobs = o->jobs};
        size_t same = 0;

        while (strcmp(o->targets[same].arch, req.arch) != 0)
            same++;
        if (same < i)
            found[i] = found[same];
        else if (!capture_app(&req, &found[i]))
            return NULL;
        else
            found[i].casts = capture_casts(&found[i]);
    }
    return found;
}

static bool report(const struct options *o, struct job *jobs)
{
    struct summary_row *rows = NULL;
    size_t n = arrlenu(jobs);
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        struct summary_row r = {jobs[i].app->name, jobs[i].target->name,
                                path_join(jobs[i].dir, "report.json")};
        arrput(rows, r);
        if (o->print_dropped)
            stage_print_dropped(&jobs[i]);
        if (o->explain)
            ok = stage_explain(&jobs[i]) && ok;
    }
    if (verbosity >= 0 && !o->explain) {
        summary_print(rows, n);
        for (size_t i = 0; i < n; i++)
            if (!i || jobs[i].app->dir != jobs[i - 1].app->dir)
                findings_tell(jobs[i].app->name, jobs[i].findings);
    }
    if (verbosity > 0)
        summary_degraded(rows, n);
    return ok;
}

static char **folders; /* that this run may make */

/* A run that fails leaves none of them empty. */
static void remove_empty(void)
{
    while (arrlenu(folders))
        rmdir(arrpop(folders));
}

/* The pool of an arch; it is looked up once, before there are jobs. */
static const char *pool_once(const char *arch)
{
    static struct {
        char *key, *value;
    } *pools;
    ptrdiff_t i = shgeti(pools, KEY(arch));

    if (i >= 0)
        return pools[i].value;
    shput(pools, KEY(arch), pool_dir(arch));
    return shget(pools, KEY(arch));
}

/* Plain files together make one program; each other APP is its own. */
static bool specialize(const struct options *o, char **apps)
{
    struct capture_result *captured = capture_all(o, apps);
    struct job *jobs = NULL;
    bool ok;

    for (size_t i = 0; captured && i < arrlenu(o->targets); i++) {
        const struct target *t = &o->targets[i];
        struct job j = {.opt = o, .target = t, .app = &captured[i]};
        j.pool = pool_once(t->arch);
        if (!j.pool) {
            work_close();
            return false;
        }
        j.dir = format("%s/%s/%s", o->out, captured[i].name, t->name);
        j.work = work_open(j.dir);
        j.findings = findings_of(o, apps, &captured[i], j.pool);
        arrput(jobs, j);
        arrput(folders, path_dir(j.dir));
    }
    ok = captured && stage_all(jobs, arrlenu(jobs));
    work_close();
    return ok && report(o, jobs);
}

static bool is_file_input(const char *s)
{
    return has_suffix(s, ".c") || has_suffix(s, ".S") || has_suffix(s, ".s") ||
           has_suffix(s, ".bc") || has_suffix(s, ".o") || has_suffix(s, ".a");
}

int main(int argc, char **argv)
{
    struct options o = {.out = "out",
                        .libc = "auto",
                        .jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    char **files = NULL;
    bool ok = true;

    prog = "unicore-specialize";
    parse(&o, argc, argv);
    atexit(remove_empty); /* after what publish.c does then */
    if (!file_exists(o.out))
        arrput(folders, xstrdup(o.out));
    if (!o.scan)
        make_dirs(o.out);
    for (int i = optind; i < argc; i++) {
        if (argv[i][0] == '-') /* after `--`: no option of later commands */
            argv[i] = format("./%s", argv[i]);
        if (is_file_input(argv[i]))
            arrput(files, argv[i]);
    }
    bool (*work)(const struct options *, char **) =
        o.scan ? scan_app : specialize;
    if (files)
        ok = work(&o, files);
    for (int i = optind; i < argc; i++) {
        char **one = NULL;
        if (is_file_input(argv[i]))
            continue;
        arrput(one, argv[i]);
        ok = work(&o, one) && ok;
    }
    return ok ? 0 : 1;
}
