/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan.c: unicore-scan: what a program's sources say, without building it.
 *
 *     lua: 33 files, 0 with errors; flags guessed
 *     needs:
 *       header     readline/readline.h  no port
 *     degraded on kvm:
 *       processes  popen                no clone3, execve
 *           liolib.c:57  #define l_popen(L,c,m)  (fflush(NULL), popen(c,m))
 *     notes:
 *       jumps      longjmp, setjmp
 *
 * A program of its own, not a part of the driver: only this one loads clang's
 * library, and a source that kills the parser kills a child of this process.
 * The answers are about sources, so they are wider than an image's facts:
 * whether main reaches a call is for unicore-analyze to say.
 */
#include "scan.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-scan --pool DIR --sysroot DIR [options] FOLDER|FILE.c...\n"
    "       unicore-scan --casts FILE --program DIR [-j N]\n"
    "\n"
    "      --pool DIR      the pool, as unicore-pool prints it\n"
    "      --sysroot DIR   whose headers the program gets\n"
    "      --program DIR   a captured program: its recorded commands\n"
    "      --casts FILE    what becomes of its function pointers, to FILE\n"
    "      --ports DIR     folder of the ports (default: the tree's)\n"
    "      --name NAME     the program's name in the report\n"
    "      --json          JSON instead of text\n"
    "  -j, --jobs N        files at a time\n"
    "  -v, --verbose       every place, not only the first ones\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 done, 1 nothing could be parsed, 2 our fault.\n";

static const struct option longs[] = {
    {"pool", required_argument, NULL, 'p'},
    {"sysroot", required_argument, NULL, 's'},
    {"program", required_argument, NULL, 'P'},
    {"casts", required_argument, NULL, 'c'},
    {"ports", required_argument, NULL, 'o'},
    {"name", required_argument, NULL, 'n'},
    {"json", no_argument, NULL, 'J'},
    {"jobs", required_argument, NULL, 'j'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void option(struct options *o, int c)
{
    switch (c) {
    case 'p':
        o->pool = optarg;
        break;
    case 's':
        o->sysroot = optarg;
        break;
    case 'P':
        o->program = optarg;
        break;
    case 'c':
        o->casts = optarg;
        break;
    case 'o':
        o->ports = optarg;
        break;
    case 'n':
        o->name = optarg;
        break;
    case 'J':
        o->json = true;
        break;
    case 'v':
        o->all = true;
        break;
    case 'j':
        o->jobs = atoi(optarg);
        if (o->jobs < 1)
            die("-j: `%s' found, expected a number", optarg);
        break;
    case 'h':
        fputs(usage, stdout);
        exit(0);
    default:
        note("see unicore-scan --help");
        exit(1);
    }
}

static void parse(struct options *o, int argc, char **argv)
{
    int c;

    while ((c = getopt_long(argc, argv, "j:vh", longs, NULL)) != -1)
        option(o, c);
    if (o->casts && o->program)
        return;
    if (optind == argc || !o->pool || !o->sysroot)
        die("expected --pool, --sysroot and a program (see --help)");
    if (!o->ports)
        o->ports = path_join(source_root(), "libpool/ports");
    o->sysroot = realpath(o->sysroot, NULL);
    if (!o->sysroot)
        die("--sysroot: no such folder");
}

int main(int argc, char **argv)
{
    struct options o = {.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    struct tree t = {0};
    struct report r = {0};
    char **inputs = NULL;

    prog = "unicore-scan";
    parse(&o, argc, argv);
    if (o.casts) {
        casts_write(&o);
        return 0;
    }
    for (int i = optind; i < argc; i++)
        arrput(inputs, argv[i]);
    scan_pool_read(&o);
    files_find(&t, &o, inputs);
    if (!o.name)
        o.name = path_base(t.root);
    if (!t.files)
        die("%s: no .c files in it", o.name);
    report_make(&r, &t, &o, run_all(&t, &o));
    (o.json ? report_json : report_print)(&r, &t, &o);
    if (!r.parsed)
        error("%s: none of its files could be parsed", o.name);
    return r.parsed ? 0 : 1;
}
