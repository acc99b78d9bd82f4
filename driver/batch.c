/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch.c: unicore-batch: programs of the corpus, made into images for targets
 * and held against Linux, as many at a time as there are processors.
 *
 *     unicore-batch -t linuxu-x86_64,kvm-x86_64 lua bc
 *
 * What has ended is not run again until something it depends on has changed:
 * so a run that was killed goes on where it was.
 */
#include "batch.h"
#include "corpus.h"
#include "jobs.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-batch [options] [APP...]\n"
    "\n"
    "Makes images of corpus programs and holds each against the same program\n"
    "on Linux (corpus/run). APP is a folder of corpus/apps; default: all.\n"
    "\n"
    "  -t, --target P-A,...|all  targets (default linuxu-x86_64,kvm-x86_64)\n"
    "  -o, --out DIR        logs, results and images (default out/batch)\n"
    "  -j, --jobs N         at a time (default: processors)\n"
    "      --only WORD      jobs APP.TARGET that contain it; again: or it\n"
    "      --skip WORD      not those\n"
    "      --failed         those that ended otherwise than converted\n"
    "      --again          those too that nothing has changed for\n"
    "      --time S         for one job (default 900)\n"
    "      --memory MB      for all processes of one job (default 3000)\n"
    "      --json FILE      a line of JSON for each job; -: stdout\n"
    "      --slurm[=WORDS]  as an array job of Slurm; WORDS are for sbatch\n"
    "      --parallel=LOGINS  by GNU Parallel on these machines (its "
    "--sshlogin),\n"
    "                       which have the same files at the same places\n"
    "  -q, --quiet   -h, --help   --version\n"
    "\n"
    "A job's log and result.json are in OUT/jobs/APP.TARGET.\n"
    "Exit status: 0 all are converted, 1 not all, 2 ours, 130 interrupted.\n";

enum {
    OPT_ONLY = 256,
    OPT_SKIP,
    OPT_FAILED,
    OPT_AGAIN,
    OPT_TIME,
    OPT_MEMORY,
    OPT_JSON,
    OPT_SLURM,
    OPT_PARALLEL,
    OPT_NTH,
    OPT_VERSION
};

static const struct option longs[] = {
    {"target", required_argument, NULL, 't'},
    {"out", required_argument, NULL, 'o'},
    {"jobs", required_argument, NULL, 'j'},
    {"only", required_argument, NULL, OPT_ONLY},
    {"skip", required_argument, NULL, OPT_SKIP},
    {"failed", no_argument, NULL, OPT_FAILED},
    {"again", no_argument, NULL, OPT_AGAIN},
    {"time", required_argument, NULL, OPT_TIME},
    {"memory", required_argument, NULL, OPT_MEMORY},
    {"json", required_argument, NULL, OPT_JSON},
    {"slurm", optional_argument, NULL, OPT_SLURM},
    {"parallel", required_argument, NULL, OPT_PARALLEL},
    {"nth", required_argument, NULL, OPT_NTH}, /* for the engines */
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static int number(const char *option, const char *s)
{
    char *end;
    long n = strtol(s, &end, 10);

    if (!*s || *end || n < 1 || n > 1000000)
        die("%s: `%s' found, expected a number from 1 to 1000000", option, s);
    return (int)n;
}

static void set_option(struct batch_options *o, int *nth, int c)
{
    switch (c) {
    case 't':
        o->targets = targets_parse(optarg);
        break;
    case 'o':
        o->out = optarg;
        break;
    case 'j':
        o->jobs = jobs_option(optarg);
        break;
    case OPT_ONLY:
        arrput(o->only, optarg);
        break;
    case OPT_SKIP:
        arrput(o->skip, optarg);
        break;
    case OPT_FAILED:
        o->failed = true;
        break;
    case OPT_AGAIN:
        o->again = true;
        break;
    case OPT_TIME:
        o->seconds = number("--time", optarg);
        break;
    case OPT_MEMORY:
        o->megabytes = number("--memory", optarg);
        break;
    case OPT_JSON:
        o->json = optarg;
        break;
    case OPT_SLURM:
        o->slurm = optarg ? optarg : "";
        break;
    case OPT_PARALLEL:
        o->ssh = optarg;
        break;
    case OPT_NTH:
        *nth = number("--nth", optarg);
        break;
    case 'q':
        verbosity = -1;
        break;
    case 'h':
        fputs(usage, stdout);
        exit(0);
    case OPT_VERSION:
        puts("unicore-batch " UNICORE_VERSION);
        exit(0);
    default:
        note("see unicore-batch --help");
        exit(1);
    }
}

/* ---- the jobs ---- */

/* Those of one target after another: what they capture is the same. */
static struct batch_job *jobs_of(const struct batch_options *o)
{
    struct batch_job *all = NULL;

    for (size_t t = 0; t < arrlenu(o->targets); t++)
        for (size_t i = 0; i < arrlenu(o->apps); i++) {
            struct batch_job j = {.app = o->apps[i], .target = &o->targets[t]};
            j.name = format("%s.%s", j.app, j.target->name);
            j.dir = format("%s/jobs/%s", o->out, j.name);
            batch_read(&j);
            arrput(all, j);
        }
    return all;
}

static bool has_word(const char **words, const char *name)
{
    for (size_t i = 0; i < arrlenu(words); i++)
        if (strstr(name, words[i]))
            return true;
    return false;
}

static bool is_chosen(const struct batch_options *o, const struct batch_job *j)
{
    return (!o->only || has_word(o->only, j->name)) &&
           !has_word(o->skip, j->name) &&
           (!o->failed || (j->last.result && !batch_converted(j)));
}

static const char *tools_key(const char *arch)
{
    static struct {
        char *key, *value;
    } *keys;

    if (shgeti(keys, KEY(arch)) < 0)
        shput(keys, KEY(arch), batch_tools_key(arch));
    return shget(keys, KEY(arch));
}

/* Limits are of the machine, not of the program: they prove nothing. */
static bool holds(const struct batch_options *o, const struct batch_job *j,
                  const char *key)
{
    const struct batch_result *r = &j->last;

    return r->result && r->key && !strcmp(r->key, key) && !o->again &&
           !o->failed && strcmp(r->result, "time") != 0 &&
           strcmp(r->result, "memory") != 0;
}

/* Chooses; those whose result no longer holds are due, with their new key. */
static struct batch_job **choose(const struct batch_options *o,
                                 struct batch_job *all, bool *chosen)
{
    struct batch_job **due = NULL;

    for (size_t i = 0; i < arrlenu(all); i++) {
        struct batch_job *j = &all[i];
        chosen[i] = is_chosen(o, j);
        if (!chosen[i])
            continue;
        char *key = batch_key(j, tools_key(j->target->arch));
        bool done = holds(o, j, key);
        free(j->last.key);
        j->last.key = key;
        if (done)
            batch_show_end(o, j);
        else
            arrput(due, j);
    }
    return due;
}

/* The engines' way in: line n of OUT/list. */
static int run_nth(struct batch_options *o, int n)
{
    char *path = path_join(o->out, "list"), *text = file_read(path, NULL);
    char *save = NULL, *line = text ? strtok_r(text, "\n", &save) : NULL;

    for (int i = 1; line && i < n; i++)
        line = strtok_r(NULL, "\n", &save);
    char *space = line ? strchr(line, ' ') : NULL;
    if (!space)
        die("--nth %d: %s has no such line", n, path);
    *space = 0;
    arrput(o->apps, corpus_program(line));
    o->targets = targets_parse(space + 1);
    struct batch_job *one = jobs_of(o);
    char *key = batch_key(one, tools_key(one->target->arch));
    return batch_work(o, one, key) ? 0 : 130;
}

int main(int argc, char **argv)
{
    struct batch_options o = {.out = "out/batch",
                              .seconds = 900,
                              .megabytes = 3000,
                              .jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    int c, nth = 0;
    bool good = true;

    prog = "unicore-batch";
    while ((c = getopt_long(argc, argv, "t:o:j:qh", longs, NULL)) != -1)
        set_option(&o, &nth, c);
    if (o.slurm && o.ssh)
        die("--slurm, --parallel: give one of them");
    make_dirs(o.out);
    o.out = realpath(o.out, NULL); /* jobs run in other folders */
    if (!o.out)
        die("-o: %s", strerror(errno));
    if (nth)
        return run_nth(&o, nth);
    if (!o.targets)
        o.targets = targets_parse("linuxu-x86_64,kvm-x86_64");
    for (int i = optind; i < argc; i++)
        arrput(o.apps, corpus_program(argv[i]));
    if (optind == argc)
        o.apps = corpus_programs();
    struct batch_job *all = jobs_of(&o);
    bool *chosen = xcalloc(arrlenu(all) + 1, sizeof *chosen);
    struct batch_job **due = choose(&o, all, chosen);
    if (!batch_run(&o, due)) {
        note("interrupted; the same command goes on");
        return 130;
    }
    batch_show_table(&o, all, chosen);
    for (size_t i = 0; i < arrlenu(all); i++)
        good &= !chosen[i] || batch_converted(&all[i]);
    return good ? 0 : 1;
}
