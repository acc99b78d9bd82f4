/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_main.c: unicore-capture: the first stage by itself, to look at.
 *
 *     $ unicore-capture --bin lua deb:lua5.4
 *     name     lua
 *     native   /home/u/.cache/unicore/app/.../programs/lua/native
 *     log      ...
 *     commands ...
 *     module   /home/u/.cache/unicore/app/.../programs/lua/000.bc
 */
#include "capture.h"

#include "common.h"
#include "deb.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

static const char usage[] =
    "usage: unicore-capture [--bin NAME] [--build-options WORDS] [--arch A] "
    "[--libc L] [-j N] APP...\n"
    "       unicore-capture --source PACKAGE\n"
    "       unicore-capture --build-tools FOLDER\n"
    "\n"
    "Builds APP as unicore-specialize does and prints where its parts are;\n"
    "or fetches a Debian source package and prints where it is unpacked;\n"
    "or prints the packages whose programs its build uses.\n";

static const struct option longs[] = {
    {"bin", required_argument, NULL, 'b'},
    {"build-options", required_argument, NULL, 'o'},
    {"arch", required_argument, NULL, 'a'},
    {"libc", required_argument, NULL, 'l'},
    {"source", required_argument, NULL, 's'},
    {"build-tools", required_argument, NULL, 't'},
    {"jobs", required_argument, NULL, 'j'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static void print(const struct capture_result *r)
{
    printf("name     %s\nnative   %s\nlog      %s\ncommands %s\n", r->name,
           r->native, r->log, r->commands);
    for (size_t i = 0; i < arrlenu(r->modules); i++)
        printf("module   %s\n", r->modules[i]);
    for (size_t i = 0; i < arrlenu(r->natives); i++)
        printf("object   %s\n", r->natives[i]);
}

static void print_tools(const char *folder)
{
    char **tools = deb_tools(folder);

    for (size_t i = 0; i < arrlenu(tools); i++)
        puts(tools[i]);
}

int main(int argc, char **argv)
{
    struct capture_request req = {.arch = "x86_64", .libc = "musl"};
    struct capture_result result = {0};
    int c;

    prog = "unicore-capture";
    req.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN);
    while ((c = getopt_long(argc, argv, "j:h", longs, NULL)) != -1)
        switch (c) {
        case 'b':
            req.bin = optarg;
            break;
        case 'o':
            req.build_options = optarg;
            break;
        case 'a':
            req.arch = optarg;
            break;
        case 'l':
            req.libc = optarg;
            break;
        case 'j':
            req.jobs = atoi(optarg);
            break;
        case 's':
            puts(deb_source(optarg));
            return 0;
        case 't':
            print_tools(optarg);
            return 0;
        case 'V':
            puts("unicore-capture " UNICORE_VERSION);
            return 0;
        default:
            fputs(usage, c == 'h' ? stdout : stderr);
            return c != 'h';
        }
    for (; optind < argc; optind++)
        arrput(req.apps, argv[optind][0] == '-' ? format("./%s", argv[optind])
                                                : argv[optind]);
    if (!req.apps)
        die("no program given (see --help)");
    if (!capture_app(&req, &result))
        return 1;
    print(&result);
    return 0;
}
