/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c: unicore-link, the way from bitcode to an image. `stages` is the
 * table of contents; each stage is a file of that name.
 *
 * Products appear under their names only when the link has succeeded.
 */
#include <elf.h>
#include <getopt.h>
#include <llvm-c/BitWriter.h>
#include <llvm-c/Target.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arch.h"
#include "linker.h"

static const char usage[] =
    "usage: unicore-link --pick FILE --pool DIR --app MODULE|DIR...\n"
    "                    --init MODULE -o DIR [options]\n"
    "Links the program and the picked modules into DIR/image.\n"
    "\n"
    "  --pick FILE       what to link, from unicore-analyze\n"
    "  --pool DIR        the compiled pool, as unicore-pool prints it\n"
    "  --app PATH        a module or native object of the program, or a "
    "folder\n"
    "                    of them\n"
    "  --init MODULE     the generated start-up code\n"
    "  --initrd FILE     a file system to build in\n"
    "  --name NAME       the program's argv[0], for the image's note\n"
    "  -o DIR            where image, image.dbg, image.map, dropped and\n"
    "                    report.json go\n"
    "  --explain NAME    with -o only: what NAME is in the image there, or "
    "why\n"
    "                    it is not\n"
    "  --print-dropped   print what was left out, and why\n"
    "  --trace=STAGE     say what a stage does: merge seal fold cut lto\n"
    "  --save-temps      keep the bitcode after each stage, and lld's files\n"
    "  -v                show CPU seconds of each stage\n"
    "  --help, --version\n";

void trace(const struct link *l, const char *stage, const char *fmt, ...)
{
    va_list ap;

    if (!l->trace || strcmp(l->trace, stage) != 0)
        return;
    fprintf(stderr, "%s: ", stage);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

bool is_off(const struct link *l, enum switch_name s)
{
    return name_in(l->pick.without, switch_info[s].name);
}

/* ---- stages ---- */

static double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9 + children_cpu_seconds();
}

static void start_backend(const char *arch)
{
    if (has_prefix(arch, "x86_64")) {
        LLVMInitializeX86TargetInfo();
        LLVMInitializeX86Target();
        LLVMInitializeX86TargetMC();
        LLVMInitializeX86AsmPrinter();
        LLVMInitializeX86AsmParser();
    } else {
        LLVMInitializeAllTargetInfos();
        LLVMInitializeAllTargets();
        LLVMInitializeAllTargetMCs();
        LLVMInitializeAllAsmPrinters();
        LLVMInitializeAllAsmParsers();
    }
}

static bool make_machine(struct link *l)
{
    const char *triple = LLVMGetTarget(l->module);
    const struct arch *a = arch_find(l->pick.arch);
    LLVMTargetRef target;
    char *why = NULL;

    if (!a) {
        error("%s: no such architecture, expected one of: %s", l->pick.arch,
              arch_names());
        return false;
    }
    lto_settings(l);
    start_backend(l->pick.arch);
    if (LLVMGetTargetFromTriple(triple, &target, &why)) {
        error("%s: %s", triple, why);
        return false;
    }
    /* riscv64's machines have their memory above 2 GiB */
    LLVMCodeModel model =
        a->machine == EM_RISCV ? LLVMCodeModelMedium : LLVMCodeModelDefault;
    l->machine = LLVMCreateTargetMachine(target, triple, a->cpu, a->features,
                                         LLVMCodeGenLevelDefault,
                                         LLVMRelocStatic, model);
    return true;
}

static bool optimise(struct link *l)
{
    bool again;

    if (!lto(l, &again))
        return false;
    return !again || (LLVMDisposeModule(l->module), merge(l) && seal(l) &&
                                                        fold(l) && initrd(l) &&
                                                        cut(l) && optimise(l));
}

static bool account(struct link *l)
{
    struct piece *pieces = NULL;

    return map(l, &pieces) && report(l, pieces);
}

static const struct {
    const char *name;
    bool (*run)(struct link *);
} stages[] = {
    {"native", native_read},
    {"merge", merge},
    {"target", make_machine},
    {"seal", seal},
    {"fold", fold},
    {"initrd", initrd},
    {"cut", cut},
    {"lto", optimise},
    {"emit", emit},
    {"image", image},
    {"map", account},
};

static void save(struct link *l, const char *stage)
{
    char *name = format("%s.bc", stage), *path = path_join(l->out, name);

    if (l->save_temps && l->module && !l->object)
        LLVMWriteBitcodeToFile(l->module, path);
    free(path);
    free(name);
}

static bool run_stages(struct link *l)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        double before = cpu_seconds();
        if (!stages[i].run(l))
            return false;
        save(l, stages[i].name);
        if (verbosity > 0)
            fprintf(stderr, "%-8s %6.3f s CPU\n", stages[i].name,
                    cpu_seconds() - before);
    }
    return true;
}

/* ---- options ---- */

enum {
    PICK = 256,
    POOL,
    APP,
    INIT,
    INITRD,
    DROPPED,
    TRACE,
    TEMPS,
    HELP,
    VER,
    NAME,
    EXPLAIN
};

static const struct option longs[] = {
    {"pick", required_argument, NULL, PICK},
    {"pool", required_argument, NULL, POOL},
    {"app", required_argument, NULL, APP},
    {"init", required_argument, NULL, INIT},
    {"initrd", required_argument, NULL, INITRD},
    {"print-dropped", no_argument, NULL, DROPPED},
    {"trace", required_argument, NULL, TRACE},
    {"save-temps", no_argument, NULL, TEMPS},
    {"name", required_argument, NULL, NAME},
    {"explain", required_argument, NULL, EXPLAIN},
    {"help", no_argument, NULL, HELP},
    {"version", no_argument, NULL, VER},
    {NULL, 0, NULL, 0}};

static void on_option(struct link *l, int c)
{
    switch (c) {
    case PICK:
        l->pick_path = optarg;
        break;
    case POOL:
        l->pool = optarg;
        break;
    case APP:
        arrput(l->apps, optarg);
        break;
    case INIT:
        l->init = optarg;
        break;
    case INITRD:
        l->initrd = optarg;
        break;
    case EXPLAIN:
        l->explain = optarg;
        break;
    case NAME:
        l->name = optarg;
        break;
    case DROPPED:
        l->print_dropped = true;
        break;
    case TRACE:
        l->trace = optarg;
        break;
    case TEMPS:
        l->save_temps = true;
        break;
    case 'o':
        l->out = optarg;
        break;
    case 'v':
        verbosity = 1;
        break;
    case HELP:
        fputs(usage, stdout);
        exit(0);
    case VER:
        puts("unicore-link " UNICORE_VERSION);
        exit(0);
    default:
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct link l = {0};
    int c;

    prog = "unicore-link";
    while ((c = getopt_long(argc, argv, "o:v", longs, NULL)) != -1)
        on_option(&l, c);
    for (; optind < argc; optind++)
        arrput(l.apps, argv[optind]);
    if (l.explain && l.out)
        return explain(l.out, l.explain) ? 0 : 1;
    if (!l.pick_path || !l.pool || !l.apps || !l.out)
        die("--pick, --pool, --app and -o are needed (see --help)");
    if (!pick_read(&l.pick, l.pick_path))
        return 1;
    l.unwind = pick_knob(&l.pick, "UNWIND", 0);
    make_dirs(l.out);
    l.context = ir_context();
    if (!run_stages(&l))
        return 1;
    progress_end();
    fflush(stdout);
    _exit(ferror(stdout) ? 2 : 0); /* LLVM's own clean-up takes a while */
}
