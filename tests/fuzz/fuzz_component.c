/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes are a component's manifest or an error line; what is understood
 * has a value under all facts and under none. */
#include "pool.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void use(const struct expr *e, const struct facts *f)
{
    if (e && expr_text(e))
        expr_value(e, f);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct facts none = {0}, all;
    struct component c = {0};
    struct manifest m;

    verbosity = -1;
    memset(&all, 0, sizeof all);
    memset(all.on, 1, sizeof all.on);
    if (manifest_parse(&m, "fuzz", (const char *)p, n) &&
        component_parse(&c, &m)) {
        use(c.when, &none);
        use(c.when, &all);
        for (size_t i = 0; i < arrlenu(c.knobs); i++)
            use(c.knobs[i].value, &all);
        for (size_t i = 0; i < arrlenu(c.cuts); i++)
            use(c.cuts[i].unless, &none);
    }
    component_free(&c);
    manifest_free(&m);
    return 0;
}
