/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_stats.c: the median of a few measurements, and an interval of it.
 *
 * Nothing is supposed of how they are distributed: between the k-th smallest
 * and the k-th largest of n is the true median unless fewer than k are below
 * it, or above, which has the probability of as many heads in n throws. k is
 * the largest that leaves 95 %; if there are too few for that, the interval is
 * all of them, and `coverage` says what that is worth (5: 93.75 %).
 */
#include "eval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* That at most k of n throws are heads. */
static double at_most(size_t k, size_t n)
{
    double p = pow(0.5, (double)n), sum = 0;

    for (size_t i = 0; i <= k; i++) {
        sum += p;
        p *= (double)(n - i) / (double)(i + 1);
    }
    return sum;
}

void figure_settle(struct figure *f)
{
    size_t n = arrlenu(f->all), k = 0;
    double *sorted;

    f->value = f->low = f->high = NAN;
    f->coverage = 0;
    if (!n)
        return;
    sorted = xmalloc(n * sizeof *sorted);
    memcpy(sorted, f->all, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    while (k + 1 < n / 2 && 1 - 2 * at_most(k + 1, n) >= 0.95)
        k++;
    f->value = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    f->low = sorted[k];
    f->high = sorted[n - 1 - k];
    f->coverage = n > 1 ? 1 - 2 * at_most(k, n) : 0;
    free(sorted);
}
