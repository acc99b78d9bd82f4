/* SPDX-License-Identifier: BSD-2-Clause */
/* ctype.h: functions only (glue/ctype.c); newlib's macros need a table. */
#ifndef _CTYPE_H_
#define _CTYPE_H_

int isalnum(int), isalpha(int), isblank(int), iscntrl(int), isdigit(int);
int isgraph(int), islower(int), isprint(int), ispunct(int), isspace(int);
int isupper(int), isxdigit(int), tolower(int), toupper(int);

/* There is one locale, so the second argument says nothing. */
#define isalnum_l(c, l) isalnum(c)
#define isalpha_l(c, l) isalpha(c)
#define isdigit_l(c, l) isdigit(c)
#define isspace_l(c, l) isspace(c)
#define isupper_l(c, l) isupper(c)
#define tolower_l(c, l) tolower(c)
#define toupper_l(c, l) toupper(c)

#endif
