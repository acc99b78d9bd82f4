/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.h: text that may be in any encoding, for JSON. */
#ifndef UC_JSON_TEXT_H
#define UC_JSON_TEXT_H

#include <jansson.h>

/* A new reference; JSON takes UTF-8 only: else other bytes become `?`. */
json_t *json_text(const char *s);

#endif
