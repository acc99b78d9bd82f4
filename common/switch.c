/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.c: switch.def as data. */
#include "switch.h"

#include <string.h>

const struct switch_info switch_info[SWITCH_COUNT] = {
#define SWITCH(name, by, what) {#name, what, SWITCH_BY_##by},
#include "switch.def"
#undef SWITCH
};

int switch_find(const char *name)
{
    for (int i = 0; i < SWITCH_COUNT; i++)
        if (strcmp(switch_info[i].name, name) == 0)
            return i;
    return -1;
}
