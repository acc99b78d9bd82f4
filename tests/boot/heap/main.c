/* SPDX-License-Identifier: BSD-2-Clause */
/* The heap is zero, writable over its whole length, and large enough. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    char *base, *again;
    size_t size, same;

    uc_plat_heap(&base, &size);
    uc_plat_heap(&again, &same);
    if (base != again || size != same || (uintptr_t)base % 4096)
        return 1;
    for (size_t i = 0; i < size && i < (size_t)8 << 30; i += 4096) {
        if (base[i] || base[i + 4095])
            return 2;
        if (size < (size_t)256 << 20)
            for (size_t j = 8; j < 4096; j += 8)
                if (*(long *)(base + i + j))
                    return 3;
        if (i % 65536 == 0)
            *(size_t *)(base + i) = i + 1;
    }
    for (size_t i = 0; i < size && i < (size_t)8 << 30; i += 65536)
        if (*(size_t *)(base + i) != i + 1)
            return 4;
    say_number(size >> 10);
    say(" KiB\n");
    return 0;
}
