/* SPDX-License-Identifier: BSD-2-Clause */
/* Any text is a pool's index or an error line; all that it says can be asked.
 */
#include "pool.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct pool pool = {0};
    char *text = xstrndup((const char *)p, n);

    if (pool_parse_index(&pool, "fuzz", text))
        for (size_t i = 0; i < shlenu(pool.names); i++)
            if (!pool_providers(&pool, pool.names[i].key))
                __builtin_trap();
    pool_free(&pool);
    free(text);
    return 0;
}
