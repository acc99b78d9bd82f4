/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes are a `pick` file or an error line; never a crash. */
#include "linker.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct pick pick;

    if (pick_parse(&pick, "fuzz", (const char *)p, n))
        for (size_t i = 1; i < arrlenu(pick.modules); i++)
            if (!pick.modules[i].path[0])
                __builtin_trap();
    return 0;
}
