/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stage.c: the stages of a job: analyze, init, link, report.
 *
 * Each stage is a command beside this one; the first is one for all jobs of a
 * program and arch, which share the reading. A job works in a folder of its
 * own (publish.c), so a folder of products is whole, of one run.
 *
 * With --libc auto, a program that newlib can serve too goes the whole way
 * with each libc, and the smaller image is kept: newlib's component has musl's
 * ABI, so the same bitcode serves both.
 */
#define _GNU_SOURCE
#include "jobs.h"
#include "specialize.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What one try with one libc works on. */
struct attempt {
    const struct job *job;
    const char *libc;
    char *dir;
    const char *log; /* where messages go; NULL: to the user */
};

/* Takes the words after the tool's name, NULL-ended, and runs it. */
struct command {
    const char **argv; /* stb_ds array, NULL-ended by command_run */
};

static void word(struct command *c, const char *s)
{
    arrput(c->argv, s);
}

static void option(struct command *c, const char *name, const char *value)
{
    if (!value)
        return;
    word(c, name);
    word(c, value);
}

static void tool(struct command *c, const char *name)
{
    word(c, path_join(bin_dir(), name));
}

static bool command_run(struct command *c, const char *log)
{
    struct run how = {.out = log};
    int status;

    word(c, NULL);
    status = run(c->argv, &how);
    if (status == 127)
        error("%s: cannot be run", c->argv[0]);
    if (status >= 128)
        die_ours("%s: ended by signal %d", c->argv[0], status - 128);
    if (status == 2)
        exit(2);
    arrfree(c->argv);
    return status == 0;
}

static void options(struct command *c, const char *name, const char **values)
{
    for (size_t i = 0; i < arrlenu(values); i++)
        option(c, name, values[i]);
}

/* What the program is made of: bitcode, and assembly as native objects. */
static void program(struct command *c, const struct capture_result *app)
{
    for (size_t i = 0; i < arrlenu(app->modules); i++)
        option(c, "--app", app->modules[i]);
    for (size_t i = 0; i < arrlenu(app->natives); i++)
        option(c, "--app", app->natives[i]);
}

/* Options that are facts. */
static void facts_given(struct command *c, const struct options *o)
{
    option(c, "--args", o->args);
    option(c, "--ip", o->ip);
    if (o->net)
        word(c, format("--%s", o->net));
    if (o->root)
        word(c, "--root");
    if (o->disk)
        word(c, "--disk");
    if (o->share)
        word(c, "--share");
}

/* Attempts with one program, arch and libc. */
static bool analyze(const struct attempt *all, size_t n, int at_once)
{
    const struct job *job = all->job;
    const struct options *o = job->opt;
    struct command c = {0};

    progress("%s %s: analyzing", job->app->name,
             n == 1 ? job->target->name : job->target->arch);
    tool(&c, "unicore-analyze");
    program(&c, job->app);
    word(&c, "--linked");
    if (!job->app->prebuilt)
        word(&c, "--own");
    option(&c, "--casts", job->app->casts);
    option(&c, "--pool", job->pool);
    option(&c, "--libc", all->libc);
    options(&c, "--choose", o->choose);
    options(&c, "--assume", o->assume);
    options(&c, "--without", o->without);
    facts_given(&c, o);
    option(&c, "-j", format("%d", at_once));
    for (size_t i = 0; i < n; i++) {
        option(&c, "--target", all[i].job->target->name);
        option(&c, "-o", all[i].dir);
    }
    return command_run(&c, all->log);
}

bool stage_help_without(const struct target *t)
{
    struct command c = {0};
    char *pool = pool_dir(t->arch);

    if (!pool)
        return false;
    tool(&c, "unicore-analyze");
    option(&c, "--pool", pool);
    option(&c, "--target", t->name);
    option(&c, "--without", "help");
    return command_run(&c, NULL);
}

/* Clang's words, of which a full disk or a crash makes many. */
static bool explain_init(const struct attempt *a, const char *log)
{
    char *text = file_read(log, NULL);

    if (disk_lacks(a->dir, DISK_LEAST) || (text && strstr(text, NO_SPACE))) {
        error("%s: cannot write: " NO_SPACE, a->job->dir);
    } else {
        error("init.c: the generated start-up code does not compile");
        if (text && *text)
            evidence("%.*s", (int)strcspn(text, "\n"), text);
    }
    free(text);
    return false;
}

static bool compile_init(const struct attempt *a)
{
    struct command c = {0};
    int memory = memfd_create("clang", MFD_CLOEXEC);
    char *log = format("/proc/self/fd/%d", memory);
    bool ok;

    word(&c, LLVM_BIN "/clang");
    word(&c, format("--target=%s-unknown-linux-musl", a->job->target->arch));
    word(&c, "-nostdlibinc");
    word(&c, "-fno-crash-diagnostics");
    word(&c, "-Oz");
    word(&c, "-std=c11");
    word(&c, "-fno-asynchronous-unwind-tables");
    word(&c, "-fno-pic");
    word(&c, "-Xclang");
    word(&c, "-disable-llvm-passes");
    word(&c, "-emit-llvm");
    word(&c, "-c");
    word(&c, path_join(a->dir, "init.c"));
    option(&c, "-o", path_join(a->dir, "init.bc"));
    ok = command_run(&c, log) || explain_init(a, log);
    close(memory);
    free(log);
    return ok;
}

static bool link_image(const struct attempt *a)
{
    const struct options *o = a->job->opt;
    struct command c = {0};

    tool(&c, "unicore-link");
    option(&c, "--pick", path_join(a->dir, "pick"));
    option(&c, "--pool", a->job->pool);
    program(&c, a->job->app);
    option(&c, "--init", path_join(a->dir, "init.bc"));
    if (o->root)
        option(&c, "--initrd", path_join(a->dir, "initrd"));
    if (o->save_temps)
        word(&c, "--save-temps");
    option(&c, "-o", a->dir);
    return command_run(&c, a->log);
}

static json_t *load_json(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    json_error_t e;
    json_t *j = json_load_file(path, 0, &e);

    if (!j)
        die_ours("%s:%d: %s", path, e.line, e.text);
    free(path);
    return j;
}

/* report.json: the linker's figures, the analysis, and what it all took. */
static void write_report(const struct attempt *a, double cpu, double link)
{
    json_t *report = load_json(a->dir, "report.json");
    json_t *analysed = load_json(a->dir, "analyze.json");
    char *path = path_join(a->dir, "report.json");
    char *analysis = path_join(a->dir, "analyze.json");
    char *image = path_join(a->dir, "image");
    struct stat st;
    char *text;

    if (stat(image, &st) != 0)
        die_ours("%s: %s", image, strerror(errno));
    json_object_set_new(report, "app", json_string(a->job->app->name));
    json_object_set_new(report, "target", json_string(a->job->target->name));
    json_object_set_new(report, "native", json_string(a->job->app->native));
    json_object_set_new(report, "libc", json_string(a->libc));
    json_object_set_new(report, "bytes", json_integer(st.st_size));
    cpu += json_number_value(
        json_object_get(json_object_get(analysed, "seconds"), "all"));
    json_object_set_new(report, "cpu_seconds", json_real(cpu));
    json_object_set_new(report, "link_seconds", json_real(link));
    json_object_set_new(report, "analysis", analysed);
    text = json_dumps(report,
                      JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(4));
    file_write(path, text, strlen(text));
    unlink(analysis);
    json_decref(report);
}

/* What comes after the analysis. */
static bool attempt_run(const struct attempt *a)
{
    const char *app = a->job->app->name, *target = a->job->target->name;
    double before = children_cpu_seconds(), linking;

    if (a->job->opt->strict && strict_refuses(a->job, a->dir))
        return false;
    if (a->job->opt->root &&
        !initrd_write(a->job->opt->root, path_join(a->dir, "initrd")))
        return false;
    if (!compile_init(a))
        return false;
    progress("%s %s: linking", app, target);
    linking = children_cpu_seconds();
    if (!link_image(a))
        return false;
    linking = children_cpu_seconds() - linking;
    if (!a->job->opt->save_temps) {
        unlink(path_join(a->dir, "init.bc"));
        unlink(path_join(a->dir, "initrd"));
    }
    write_report(a, children_cpu_seconds() - before, linking);
    return true;
}

static bool newlib_may_serve(const struct attempt *musl)
{
    json_t *report = load_json(musl->dir, "report.json");
    json_t *analysis = json_object_get(report, "analysis");
    bool yes = json_is_true(json_object_get(analysis, "newlib_covers"));

    json_decref(report);
    return yes && !strcmp(musl->job->opt->libc, "auto");
}

static long long image_bytes(const struct attempt *a)
{
    json_t *report = load_json(a->dir, "report.json");
    long long n = json_integer_value(json_object_get(report, "bytes"));

    json_decref(report);
    return n;
}

static void try_newlib(const struct attempt *musl)
{
    struct attempt a = *musl;

    a.libc = "newlib";
    a.log = verbosity > 0 ? NULL : "/dev/null"; /* musl's image is there */
    a.dir = format("%s.newlib", musl->dir);
    progress("%s %s: trying newlib", a.job->app->name, a.job->target->name);
    if (analyze(&a, 1, 1) && attempt_run(&a) &&
        image_bytes(&a) < image_bytes(musl))
        publish(a.dir, musl->dir);
    remove_tree(a.dir);
    free(a.dir);
}

static struct attempt first_attempt(const struct job *job)
{
    bool newlib = !strcmp(job->opt->libc, "newlib");

    return (struct attempt){
        .job = job, .dir = job->work, .libc = newlib ? "newlib" : "musl"};
}

static bool is_analyzed(const char *dir)
{
    char *path = path_join(dir, "analyze.json");
    bool there = file_exists(path);

    free(path);
    return there;
}

static bool run_rest(const void *jobs, size_t i)
{
    const struct job *job = (const struct job *)jobs + i;
    struct attempt a = first_attempt(job);
    bool ok = is_analyzed(a.dir) && attempt_run(&a);

    if (ok && newlib_may_serve(&a))
        try_newlib(&a);
    if (ok && job->opt->iso && !strcmp(job->target->name, ISO_TARGET))
        ok = iso_write(a.dir, job->app->name);
    if (ok)
        domain_write(job, a.dir);
    if (ok)
        page_write(a.dir, job->findings);
    return ok && publish(a.dir, job->dir);
}

/* Jobs of one arch, which one command analyzes. */
struct group {
    struct attempt *all; /* stb_ds array */
    int at_once;
};

static bool run_group(const void *groups, size_t i)
{
    const struct group *g = (const struct group *)groups + i;

    return analyze(g->all, arrlenu(g->all), g->at_once);
}

static void add(struct group **groups, const struct job *job)
{
    size_t i = 0;

    while (i < arrlenu(*groups) &&
           strcmp((*groups)[i].all->job->target->arch, job->target->arch) != 0)
        i++;
    if (i == arrlenu(*groups))
        arrput(*groups, (struct group){0});
    arrput((*groups)[i].all, first_attempt(job));
}

static const char *group_name(const void *groups, size_t i)
{
    return ((const struct group *)groups)[i].all->job->target->arch;
}

static enum jobs_end analyze_all(const struct job *jobs, size_t n)
{
    struct group *groups = NULL;
    int at_once = jobs->opt->jobs;

    for (size_t i = 0; i < n; i++)
        add(&groups, &jobs[i]);
    n = arrlenu(groups);
    for (size_t i = 0; i < n; i++)
        groups[i].at_once = at_once > (int)n ? at_once / (int)n : 1;
    return jobs_run(at_once, n, run_group, group_name, groups);
}

static const char *job_name(const void *jobs, size_t i)
{
    return ((const struct job *)jobs)[i].target->name;
}

/* What one of them fails at does not keep the others from their end. */
bool stage_all(const struct job *jobs, size_t n)
{
    enum jobs_end analyzed = analyze_all(jobs, n);
    enum jobs_end made = jobs_run(jobs->opt->jobs, n, run_rest, job_name, jobs);

    if (analyzed == JOBS_OURS || made == JOBS_OURS)
        exit(2);
    return analyzed == JOBS_DONE && made == JOBS_DONE;
}

void stage_print_dropped(const struct job *job)
{
    char *path = path_join(job->dir, "dropped");
    char *text = file_read(path, NULL);

    if (!text)
        die_ours("%s: %s", path, strerror(errno));
    printf("%s:\n%s", job->target->name, text);
    free(text);
    free(path);
}

bool stage_explain(const struct job *job)
{
    const char *name = job->opt->explain;
    struct command c = {0};
    json_t *report = load_json(job->dir, "report.json");

    printf("%s:\n", job->target->name);
    fflush(stdout);
    tool(&c, "unicore-analyze");
    program(&c, job->app);
    word(&c, "--linked");
    option(&c, "--casts", job->app->casts);
    option(&c, "--pool", job->pool);
    option(&c, "--target", job->target->name);
    option(&c, "--libc", json_string_value(json_object_get(report, "libc")));
    facts_given(&c, job->opt);
    options(&c, "--assume", job->opt->assume);
    options(&c, "--without", job->opt->without);
    option(&c, "--map", path_join(job->dir, "image.map"));
    option(&c, "--findings", job->findings);
    option(&c, "--explain", name);
    return command_run(&c, NULL);
}
