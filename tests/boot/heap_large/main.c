/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory on both sides of the hole below 4 GiB is one heap. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    char *base;
    size_t size;

    uc_plat_heap(&base, &size);
    for (size_t i = 0; i < size; i += (size_t)1 << 21)
        *(size_t *)(base + i) = i + 1;
    for (size_t i = 0; i < size; i += (size_t)1 << 21)
        if (*(size_t *)(base + i) != i + 1)
            return 1;
    *(base + size - 1) = 1;
    say_number(size >> 20);
    say(" MiB\n");
    return 0;
}
