/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree_fuzz.c TREE RUNS: platforms/kvm/virt/dt.c over a device tree with a few
 * bytes changed at random, in memory that ends where the tree does, with
 * sanitizers. Prints how many walks got to the memory; the first is without
 * changes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dt.h"

static bool walk(const char *p, size_t n)
{
    struct dt dt;
    struct dt_node node;
    uint64_t start, size;
    bool found = false;

    if (!uc_dt_open(&dt, p, n))
        return false;
    while (uc_dt_next(&dt, &node)) {
        uc_dt_is(&node.compatible, "virtio,mmio");
        if (uc_dt_is(&node.device_type, "memory"))
            for (uint32_t i = 0; uc_dt_reg(&node, i, &start, &size); i++)
                found |= start == 0x40000000 || start == 0x80000000;
    }
    return found;
}

int main(int argc, char **argv)
{
    static char tree[1 << 16];
    FILE *f = fopen(argv[1], "r");
    size_t n = fread(tree, 1, sizeof tree, f);
    int runs = argc > 2 ? atoi(argv[2]) : 1, found = 0;

    srand(1);
    for (int i = 0; i < runs; i++) {
        size_t size = i % 3 == 2 ? (size_t)rand() % n : n;
        char *copy = malloc(size + 40); /* a header can be read */
        memset(copy, 0, size + 40);
        memcpy(copy, tree, size);
        for (int k = i ? rand() % 8 : 0; k && size; k--) {
            size_t at = (size_t)rand() % (rand() % 2 ? size : 200);
            if (at < size)
                copy[at] = rand() % 4 ? (char)rand() : (char)-(rand() % 5);
        }
        found += walk(copy, size + 40);
        if (!i && !found)
            return 1;
        free(copy);
    }
    printf("%d walks, %s of them to the memory\n", runs,
           found > runs / 10 && found < runs ? "some" : "all or none");
    return 0;
}
