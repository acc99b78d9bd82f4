/* SPDX-License-Identifier: BSD-2-Clause */
/* build_files.c: plain files are one program: `cc -o name FILES -lm`. */
#include "build.h"

#include <stdlib.h>

bool build_files(struct build *b, const char *cwd, char **files)
{
    char *cc = path_join(bin_dir(), b->plus ? "unicore-c++" : "unicore-cc");
    char *out = path_join(b->work, b->name);
    const char **argv = NULL;

    make_dirs(b->work);
    progress("%s: compiling", b->name);
    arrput(argv, cc);
    arrput(argv, "-o");
    arrput(argv, out);
    for (size_t i = 0; i < arrlenu(files); i++) {
        bool c = b->plus && has_suffix(files[i], ".c");
        if (c)
            arrput(argv, "-xc");
        arrput(argv, files[i]);
        if (c)
            arrput(argv, "-xnone");
    }
    arrput(argv, "-lm");
    arrput(argv, NULL);
    b->failed = build_step(b, cwd, argv) != 0;
    progress_end();
    arrfree(argv);
    free(cc);
    free(out);
    return !b->failed;
}
