/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.c: bytes as a JSON string. Only programs with jansson use it. */
#include "json_text.h"

#include <stdlib.h>

#include "common.h"

json_t *json_text(const char *s)
{
    json_t *j = json_string(s);
    char *ascii;

    if (j)
        return j;
    ascii = xstrdup(s);
    for (char *p = ascii; *p; p++)
        if ((unsigned char)*p >= 0x80)
            *p = '?';
    j = json_string(ascii);
    free(ascii);
    return j;
}
