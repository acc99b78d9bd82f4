/* SPDX-License-Identifier: BSD-2-Clause */
/* corpus.c: see corpus.h. */
#include "corpus.h"
#include "common.h"

#include <stdlib.h>
#include <string.h>

char *corpus_program(const char *name)
{
    char *file = format("%s/corpus/apps/%s/app", source_root(), name);

    if (strchr(name, '/') || !file_exists(file))
        die("%s: no program of the corpus; corpus/apps has them", name);
    free(file);
    return xstrdup(name);
}

char **corpus_programs(void)
{
    char *dir = path_join(source_root(), "corpus/apps");
    char **names = dir_list(dir);

    free(dir);
    return names;
}

/* OUT/<program>/<name of the executable>/<target>, which one run makes once. */
char *corpus_products(const char *out, const char *program, const char *target)
{
    char *app = path_join(out, program);
    char **names = is_dir(app) ? dir_list(app) : NULL;
    char *found = NULL;

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *dir = format("%s/%s/%s", app, names[i], target);
        if (!found && is_dir(dir))
            found = dir;
        else
            free(dir);
        free(names[i]);
    }
    arrfree(names);
    free(app);
    return found;
}
