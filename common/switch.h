/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: the closed list of what --without NAME can leave out. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stddef.h>

enum switch_name {
#define SWITCH(name, by, what) SWITCH_##name,
#include "switch.def"
#undef SWITCH
    SWITCH_COUNT
};
enum switch_by {
    SWITCH_BY_ANALYSIS = 1,
    SWITCH_BY_LINK = 2,
    SWITCH_BY_BOTH = 3
};
struct switch_info {
    const char *name, *what;
    enum switch_by by;
};
extern const struct switch_info switch_info[SWITCH_COUNT];
int switch_find(const char *name); /* -1: no such switch */

#endif
