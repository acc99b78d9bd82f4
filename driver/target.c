/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * target.c: targets are derived, never listed: an entry.S for an arch
 * exists exactly for what can be linked.
 */
#include "arch.h"
#include "specialize.h"

#include <stdlib.h>
#include <string.h>

static struct target make(const char *platform, const char *arch)
{
    return (struct target){format("%s-%s", platform, arch), xstrdup(platform),
                           xstrdup(arch)};
}

static struct target *known(void)
{
    struct target *all = NULL;
    char *platforms = path_join(source_root(), "platforms");
    char **names = dir_list(platforms);

    for (size_t i = 0; i < arrlenu(names); i++) {
        const struct arch *a;

        for (unsigned j = 0; (a = arch_at(j)); j++)
            if (arch_has_platform(names[i], a->name))
                arrput(all, make(names[i], a->name));
        free(names[i]);
    }
    free(platforms);
    return all;
}

static void add(struct target **found, struct target *all, const char *name)
{
    struct buf list = {0};

    for (size_t i = 0; i < arrlenu(*found); i++)
        if (!strcmp((*found)[i].name, name))
            return;
    for (size_t i = 0; i < arrlenu(all); i++) {
        if (!strcmp(all[i].name, name)) {
            arrput(*found, all[i]);
            return;
        }
        buf_printf(&list, " %s", all[i].name);
    }
    die("%s: unknown target; there are:%s", name, list.p ? list.p : "");
}

struct target *targets_parse(const char *list)
{
    struct target *all = known(), *found = NULL;
    char *copy = xstrdup(list), *save = NULL;

    if (!strcmp(list, "all"))
        return all;
    for (char *p = strtok_r(copy, ",", &save); p;
         p = strtok_r(NULL, ",", &save))
        add(&found, all, p);
    if (!found)
        die("--target: expected PLATFORM-ARCH,... or all");
    free(copy);
    return found;
}

char *pool_dir(const char *arch)
{
    struct buf out = {0};
    char *pool = path_join(bin_dir(), "unicore-pool");
    const char *argv[] = {pool, "--arch", arch, "pool", NULL};

    if (run_capture(argv, NULL, &out) != 0)
        return NULL;
    out.p[strcspn(out.p, "\n")] = 0;
    free(pool);
    return out.p;
}
