/* SPDX-License-Identifier: BSD-2-Clause */
/* reent.c: the variables behind the macros of sys/reent.h. */
#include <reent.h>

struct _reent uc_reent;
char uc_asctime[26];
struct uc_mp uc_mp;
struct _rand48 uc_rand48 = {
    {_RAND48_SEED_0, _RAND48_SEED_1, _RAND48_SEED_2},
    {_RAND48_MULT_0, _RAND48_MULT_1, _RAND48_MULT_2},
    _RAND48_ADD,
};
