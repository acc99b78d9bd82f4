/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c: unicore-analyze, from a program's bitcode and a pool to what the
 * linker obeys. The stages, in order, are the lines of load_program() and
 * analyze().
 */
#include "explain.h"
#include "jobs.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: unicore-analyze --app MODULE... --pool DIR --target PLATFORM-ARCH "
    "-o DIR\n"
    "  --target, -o            again for each further target of the pool: the\n"
    "                          program is read once, -j of them run at a time\n"
    "  --app FILE|DIR          bitcode or native objects of the program; DIR:\n"
    "                          all *.bc and *.o in it\n"
    "  --casts FILE            its casts of function pointers, from "
    "unicore-scan\n"
    "  --libc auto|musl|newlib which libc the modules were compiled for\n"
    "  --linked                the program is one that its own link accepted\n"
    "  --own                   our compiler made its bitcode: it is not "
    "verified\n"
    "  --root                  a root file system is baked in\n"
    "  --disk, --share         it is on a disk, or a folder of the host\n"
    "  --args STR              arguments are baked in\n"
    "  --choose ROLE=COMPONENT fill a role by hand\n"
    "  --explain NAME          tell why something is in the image, or not,\n"
    "                          and what would be saved without it\n"
    "  --map FILE              image.map of the finished link: exact bytes\n"
    "  --findings FILE         of unicore-scan --json, for --explain\n"
    "  --indirect LEVEL        any, type, exact or slot (default)\n"
    "  --assume FACT           take a fact to hold\n"
    "  --without NAME          leave out a cut or pass, to measure it; help "
    "lists them\n"
    "  --trace STAGE           reach, values, sites, goes or pick, on\n"
    "                          stderr\n"
    "  --strict                fail if the program would be degraded\n"
    "  --facts-doc             print docs/FACTS.md\n"
    "  --promote               only rewrite the bitcode of --app in SSA form\n";

enum {
    O_APP = 256,
    O_CASTS,
    O_POOL,
    O_TARGET,
    O_LIBC,
    O_LINKED,
    O_OWN,
    O_ROOT,
    O_DISK,
    O_SHARE,
    O_ARGS,
    O_IP,
    O_TAP,
    O_PCI,
    O_CHOOSE,
    O_EXPLAIN,
    O_MAP,
    O_FINDINGS,
    O_INDIRECT,
    O_TRACE,
    O_STRICT,
    O_DOC,
    O_PROMOTE,
    O_ASSUME,
    O_WITHOUT,
    O_HELP,
    O_VERSION
};

static const struct option long_options[] = {
    {"app", required_argument, 0, O_APP},
    {"casts", required_argument, 0, O_CASTS},
    {"pool", required_argument, 0, O_POOL},
    {"target", required_argument, 0, O_TARGET},
    {"libc", required_argument, 0, O_LIBC},
    {"linked", no_argument, 0, O_LINKED},
    {"own", no_argument, 0, O_OWN},
    {"root", no_argument, 0, O_ROOT},
    {"disk", no_argument, 0, O_DISK},
    {"share", no_argument, 0, O_SHARE},
    {"args", required_argument, 0, O_ARGS},
    {"ip", required_argument, 0, O_IP},
    {"tap", no_argument, 0, O_TAP},
    {"pci", no_argument, 0, O_PCI},
    {"choose", required_argument, 0, O_CHOOSE},
    {"explain", required_argument, 0, O_EXPLAIN},
    {"map", required_argument, 0, O_MAP},
    {"findings", required_argument, 0, O_FINDINGS},
    {"indirect", required_argument, 0, O_INDIRECT},
    {"trace", required_argument, 0, O_TRACE},
    {"strict", no_argument, 0, O_STRICT},
    {"facts-doc", no_argument, 0, O_DOC},
    {"promote", no_argument, 0, O_PROMOTE},
    {"assume", required_argument, 0, O_ASSUME},
    {"without", required_argument, 0, O_WITHOUT},
    {"help", no_argument, 0, O_HELP},
    {"version", no_argument, 0, O_VERSION},
    {0},
};

static void add_app(struct options *o, const char *path)
{
    char **names = is_dir(path) ? dir_list(path) : NULL;

    if (!is_dir(path)) {
        arrput(o->apps, xstrdup(path));
        return;
    }
    for (size_t i = 0; i < arrlenu(names); i++) {
        if (has_suffix(names[i], ".bc") || has_suffix(names[i], ".o"))
            arrput(o->apps, path_join(path, names[i]));
        free(names[i]);
    }
    arrfree(names);
}

static void set_target(struct options *o, size_t i)
{
    const char *dash;

    o->target = i < arrlenu(o->targets) ? o->targets[i] : "(missing)";
    o->out = i < arrlenu(o->outs) ? o->outs[i] : NULL;
    dash = strchr(o->target, '-');
    if (!dash || dash == o->target || !dash[1])
        die("--target %s: expected PLATFORM-ARCH, as in kvm-x86_64", o->target);
    o->platform = xstrndup(o->target, (size_t)(dash - o->target));
    o->arch = xstrdup(dash + 1);
}

static bool set_flag(struct options *o, int c)
{
    switch (c) {
    case O_LINKED:
        return o->linked = true;
    case O_OWN:
        return o->own = true;
    case O_ROOT:
        return o->root = true;
    case O_TAP:
        return o->tap = true;
    case O_PCI:
        return o->pci = true;
    case O_DISK:
        return o->disk = true;
    case O_SHARE:
        return o->share = true;
    case O_STRICT:
        return o->strict = true;
    case O_PROMOTE:
        return o->promote = true;
    case 'q':
    case 'v':
        verbosity = c == 'q' ? -1 : 1;
        return true;
    default:
        return false;
    }
}

/* Lists the pool's names too, if the options before it say which pool. */
_Noreturn static void help_without(struct options *o)
{
    struct pool pool = {0};

    if (o->pool) {
        set_target(o, 0);
        if (!pool_read(&pool, o->pool, o->platform, o->arch))
            exit(1);
    }
    ablate_help(&pool);
    exit(0);
}

/* Options whose argument is kept as it is; false: c is none of them. */
static bool set_text(struct options *o, int c)
{
    const struct {
        int option;
        const char **text;
    } all[] = {{O_CASTS, &o->casts}, {O_POOL, &o->pool},
               {O_LIBC, &o->libc},   {O_ARGS, &o->args},
               {O_IP, &o->ip},       {O_MAP, &o->map},
               {O_TRACE, &o->trace}, {O_FINDINGS, &o->findings}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].option == c) {
            *all[i].text = optarg;
            return true;
        }
    return false;
}

static void set_value(struct options *o, int c)
{
    switch (c) {
    case O_APP:
        add_app(o, optarg);
        return;
    case O_TARGET:
        arrput(o->targets, optarg);
        return;
    case 'o':
        arrput(o->outs, optarg);
        return;
    case 'j':
        o->jobs = jobs_option(optarg);
        return;
    case O_CHOOSE:
        arrput(o->chosen, optarg);
        return;
    case O_EXPLAIN:
        arrput(o->explain, optarg);
        return;
    case O_ASSUME:
        ablate_assume(o, optarg);
        return;
    case O_WITHOUT:
        if (!strcmp(optarg, "help"))
            help_without(o);
        arrput(o->names_off, optarg);
        return;
    case O_INDIRECT:
        if (!level_parse(optarg, &o->level))
            die("--indirect %s: expected any, type, exact or slot", optarg);
        return;
    case O_DOC:
        facts_document();
        exit(0);
    case O_HELP:
        fputs(usage, stdout);
        exit(0);
    case O_VERSION:
        puts("unicore-analyze " UNICORE_VERSION);
        exit(0);
    default:
        exit(1);
    }
}

static void read_options(struct options *o, int argc, char **argv)
{
    int c;

    *o = (struct options){.libc = "auto", .level = LEVEL_SLOT, .jobs = 1};
    while ((c = getopt_long(argc, argv, "o:j:qv", long_options, NULL)) != -1)
        if (!set_flag(o, c) && !set_text(o, c))
            set_value(o, c);
    for (; optind < argc; optind++)
        add_app(o, argv[optind]);
    if (!o->apps)
        die("no program given: --app MODULE");
    if (o->promote)
        return;
    if (!o->pool)
        die("no pool given: --pool DIR, as `unicore-pool pool` prints it");
    if (strcmp(o->libc, "auto") != 0 && strcmp(o->libc, "musl") != 0 &&
        strcmp(o->libc, "newlib") != 0)
        die("--libc %s: expected auto, musl or newlib", o->libc);
    if (!o->outs && !o->explain)
        die("no folder for the products given: -o DIR");
    if ((arrlenu(o->targets) > 1 || arrlenu(o->outs) > 1) &&
        arrlenu(o->outs) != arrlenu(o->targets))
        die("%zu times --target and %zu times -o: expected a folder for each",
            arrlenu(o->targets), arrlenu(o->outs));
    for (size_t i = arrlenu(o->targets) ? arrlenu(o->targets) : 1; i--;)
        set_target(o, i); /* those that are none end it here */
}

static bool degraded(const struct analysis *a)
{
    if (!a->facts.on[FACT_degraded] || !a->options.strict)
        return false;
    for (size_t i = 0; i < arrlenu(a->facts.lines); i++) {
        const struct fact_line *l = &a->facts.lines[i];
        if (l->fact != FACT_degraded)
            continue;
        char *where = where_of(l->function, l->at);
        error("needs %s, which no component provides (--strict)", l->detail);
        evidence("called by %s", where);
        free(where);
    }
    note("without --strict the call returns ENOSYS");
    return true;
}

static void tell(struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->options.explain); i++)
        if (!explain(a, a->options.explain[i]))
            exit(1);
    if (a->options.trace)
        trace(a, a->options.trace);
}

static bool load_program(struct analysis *a)
{
    a->program.own = a->options.own;
    for (size_t i = 0; i < arrlenu(a->options.apps); i++)
        if (!load_app(&a->program, a->options.apps[i]))
            return false;
    return casts_read(a);
}

/* All that depends on the target. */
static bool analyze(struct analysis *a)
{
    const struct options *o = &a->options;

    if (!pool_read(&a->pool, o->pool, o->platform, o->arch) || !ablate(a))
        return false;
    script_read(a);
    own_names(a);
    own_inline(a);
    load_app_done(&a->program);
    if (!pick_all(a) || !undefined_report(a))
        return false;
    degraded_facts(a);
    ablate_facts(a);
    if (degraded(a))
        return false;
    if (o->out) {
        make_dirs(o->out);
        config_write(a);
        init_write(a);
        graph_solve(a);
        reached_write(a);
        products_write(a);
    }
    if (o->explain)
        map_read(a);
    tell(a);
    return true;
}

/* In a process of its own, which has what was read for all of them. */
static bool analyze_one(const void *shared, size_t i)
{
    struct analysis a = *(const struct analysis *)shared;

    set_target(&a.options, i);
    return analyze(&a);
}

static const char *target_name(const void *shared, size_t i)
{
    return ((const struct analysis *)shared)->options.targets[i];
}

int main(int argc, char **argv)
{
    static struct analysis a;
    size_t n;

    prog = "unicore-analyze";
    read_options(&a.options, argc, argv);
    if (a.options.promote)
        return load_promote(a.options.apps) ? 0 : 1;
    if (!load_program(&a))
        return 1;
    n = arrlenu(a.options.targets);
    if (n <= 1)
        return analyze(&a) ? 0 : 1;
    a.seconds_shared = cpu_seconds() / (double)n;
    a.program.seconds_load /= (double)n;
    return jobs_run(a.options.jobs, n, analyze_one, target_name, &a);
}
