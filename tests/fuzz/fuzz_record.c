/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an ELF file, an object, a section of records: bounds hold. */
#include "common.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void split(const char *p, size_t n)
{
    struct record *records = NULL;

    record_split(p, n, &records);
    for (size_t i = 0; i < arrlenu(records); i++)
        if (records[i].data < p || records[i].size > n ||
            records[i].data + records[i].size > p + n)
            __builtin_trap();
    arrfree(records);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *copy = xmalloc(n);
    const char *p, *why;
    size_t size;

    memcpy(copy, data, n);
    split(copy, n);
    if (record_section(copy, n, &p, &size, &why) == 1)
        split(p, size);
    struct object o;
    object_parse(&o, copy, n, &why);
    object_free(&o);
    free(copy);
    return 0;
}
