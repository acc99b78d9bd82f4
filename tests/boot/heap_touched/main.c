/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A heap that gets memory when it is touched has what the machine has, all of
 * it zero and none of it twice, though firmware and boot loader have used it.
 */
#include "../Inputs/tiny.h"

enum {
    PAGE = 4096,
    TABLES = 64 * PAGE, /* left, at least, for page tables */
};

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    char *base;
    size_t size, n = 0;
    uint64_t total, left;

    uc_plat_heap(&base, &size);
    for (;; n++) {
        long *p = (long *)(base + n * PAGE);
        uc_plat_memory(&total, &left);
        if (left < TABLES + (total >> 9))
            break;
        for (size_t i = 0; i < PAGE / sizeof *p; i++)
            if (p[i])
                return 1;
        p[1] = p[PAGE / sizeof *p - 1] = (long)n + 1;
    }
    for (size_t i = 0; i < n; i++) {
        long *p = (long *)(base + i * PAGE);
        if (p[1] != (long)i + 1 || p[PAGE / sizeof *p - 1] != (long)i + 1)
            return 2;
    }
    uc_plat_release(base, PAGE);
    if (((long *)base)[1])
        return 3;
    say_number(total >> 10);
    say(" KiB, ");
    say_number(n >> 8);
    say(" MiB touched\n");
    return 0;
}
