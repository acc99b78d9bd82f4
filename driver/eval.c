/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval.c: unicore-eval: measures what the corpus' images are, and what each
 * means of making them smaller is worth.
 *
 *     unicore-eval --ablate -t kvm-x86_64 lua
 *
 * An experiment is a plan (eval_plan.c); --ablate is one that has no file.
 */
#include "eval.h"
#include "corpus.h"
#include "jobs.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-eval --experiment FILE [options]\n"
    "       unicore-eval --ablate [options] [APP...]\n"
    "       unicore-eval --survey [options]\n"
    "\n"
    "--experiment makes and measures what FILE describes: corpus programs,\n"
    "targets, variants, metrics, repeats (eval/README.md). What was measured\n"
    "is not measured again until something it depends on has changed.\n"
    "--ablate makes the images of corpus programs with all that makes them "
    "small, then\n"
    "without each fact, cut, knob and pass in turn, and prints what that "
    "costs.\n"
    "Every image must still do what the program does on Linux.\n"
    "APP is a folder of corpus/apps (default: hello-int lua bc gawk\n"
    "sqlite-amalgamation).\n"
    "--survey tells what the images that unicore-batch has made have in\n"
    "common: -o is its folder (default there: out/batch).\n"
    "\n"
    "  -t, --target P-A,...|all  targets (default kvm-x86_64)\n"
    "  -o, --out DIR             where images are made (default out/eval)\n"
    "      --only WORD           of the rows but the baseline, those with a\n"
    "                            word like this; may be given again\n"
    "      --csv FILE            the table as comma-separated values\n"
    "      --json FILE           the same as JSON\n"
    "      --compare JSON        of an earlier run: what differs; exit status "
    "1 if an\n"
    "                            exact figure does\n"
    "      --measure             --survey: count and search, too: "
    "instructions, memory\n"
    "      --keep                keep the images, and make all again\n"
    "  -j, --jobs N              images at a time (default: processors)\n"
    "  -q, --quiet   -h, --help   --version\n"
    "\n"
    "Exit status: 0 done, 1 an image was not made or does something else, 2 "
    "ours.\n";

enum {
    OPT_ABLATE = 256,
    OPT_EXPERIMENT,
    OPT_COMPARE,
    OPT_MEASURE,
    OPT_SURVEY,
    OPT_ONLY,
    OPT_CSV,
    OPT_JSON,
    OPT_KEEP,
    OPT_VERSION
};

static const struct option longs[] = {
    {"ablate", no_argument, NULL, OPT_ABLATE},
    {"experiment", required_argument, NULL, OPT_EXPERIMENT},
    {"compare", required_argument, NULL, OPT_COMPARE},
    {"measure", no_argument, NULL, OPT_MEASURE},
    {"survey", no_argument, NULL, OPT_SURVEY},
    {"target", required_argument, NULL, 't'},
    {"out", required_argument, NULL, 'o'},
    {"only", required_argument, NULL, OPT_ONLY},
    {"csv", required_argument, NULL, OPT_CSV},
    {"json", required_argument, NULL, OPT_JSON},
    {"keep", no_argument, NULL, OPT_KEEP},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static const char *const default_apps[] = {"hello-int", "lua", "bc", "gawk",
                                           "sqlite-amalgamation"};

typedef bool evaluation(const struct eval_options *);

static void set_option(struct eval_options *o, evaluation **what, int c)
{
    switch (c) {
    case OPT_ABLATE:
        *what = ablate;
        break;
    case OPT_EXPERIMENT:
        *what = experiment;
        o->file = optarg;
        break;
    case OPT_COMPARE:
        o->compare = optarg;
        break;
    case OPT_MEASURE:
        o->measure = true;
        break;
    case OPT_SURVEY:
        *what = survey;
        break;
    case 't':
        o->targets = targets_parse(optarg);
        break;
    case 'o':
        o->out = optarg;
        break;
    case OPT_ONLY:
        arrput(o->only, optarg);
        break;
    case OPT_CSV:
        o->csv = optarg;
        break;
    case OPT_JSON:
        o->json = optarg;
        break;
    case OPT_KEEP:
        o->keep = true;
        break;
    case 'j':
        o->jobs = jobs_option(optarg);
        break;
    case 'q':
        verbosity = -1;
        break;
    case 'h':
        fputs(usage, stdout);
        exit(0);
    case OPT_VERSION:
        puts("unicore-eval " UNICORE_VERSION);
        exit(0);
    default:
        note("see unicore-eval --help");
        exit(1);
    }
}

/* What would have no effect is a mistake. */
static void check_options(const struct eval_options *o, evaluation *what,
                          bool apps)
{
    if (what == experiment && (apps || o->targets || o->only))
        die("--experiment: its file says which programs, targets and variants");
    if (what == survey && (apps || o->only || o->compare || o->csv))
        die("--survey: it is of what unicore-batch has made; -t, -o, --json, "
            "--measure and -j are for it");
    if (what != survey && o->measure)
        die("--measure: only with --survey");
}

int main(int argc, char **argv)
{
    struct eval_options o = {.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    evaluation *what = NULL;
    int c;

    prog = "unicore-eval";
    while ((c = getopt_long(argc, argv, "t:o:j:qh", longs, NULL)) != -1)
        set_option(&o, &what, c);
    if (!what)
        die("no experiment given: --experiment, --ablate or --survey (see "
            "--help)");
    check_options(&o, what, optind < argc);
    if (!o.targets)
        o.targets = targets_parse("kvm-x86_64");
    for (int i = optind; i < argc; i++)
        arrput(o.apps, corpus_program(argv[i]));
    for (size_t i = 0;
         optind == argc && i < sizeof default_apps / sizeof *default_apps; i++)
        arrput(o.apps, corpus_program(default_apps[i]));
    if (!o.out)
        o.out = what == survey ? "out/batch" : "out/eval";
    make_dirs(o.out);
    o.out = realpath(o.out, NULL); /* images are run from other folders */
    if (!o.out)
        die("-o: %s", strerror(errno));
    return what(&o) ? 0 : 1;
}
