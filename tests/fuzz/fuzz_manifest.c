/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes are a manifest or an error line; never a crash, never a leak. */
#include "common.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct manifest m;

    manifest_parse(&m, "fuzz", (const char *)p, n);
    for (size_t i = 0; i < arrlenu(m.entries); i++)
        if (!m.entries[i].key[0] || !m.entries[i].line)
            __builtin_trap();
    manifest_free(&m);
    return 0;
}
