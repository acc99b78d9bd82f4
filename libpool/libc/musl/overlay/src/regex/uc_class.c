/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_class.c: what fnmatch asks of characters, without the tables of all wide
 * characters (12 KB) where the locale is C: there mbtowc makes of a byte an ASCII
 * character, or one of 128 that are in no class and have no case (CODEUNIT, from
 * 0xdf80 on). The names are given by the component's cflags. Not for regcomp,
 * which also walks through what lies between two characters.
 */
#include <ctype.h>
#include <wctype.h>

#include "locale_impl.h"

int uc_iswctype(wint_t, wctype_t);
wint_t uc_towupper(wint_t);
wint_t uc_towlower(wint_t);

enum { /* iswctype.c's numbers */
	ALNUM = 1,
	ALPHA,
	BLANK,
	CNTRL,
	DIGIT,
	GRAPH,
	LOWER,
	PRINT,
	PUNCT,
	SPACE,
	UPPER,
	XDIGIT
};

static int is_ascii(int c, wctype_t class)
{
	switch (class) {
	case ALNUM:
		return isalnum(c);
	case ALPHA:
		return isalpha(c);
	case BLANK:
		return isblank(c);
	case CNTRL:
		return iscntrl(c);
	case DIGIT:
		return isdigit(c);
	case GRAPH:
		return isgraph(c);
	case LOWER:
		return islower(c);
	case PRINT:
		return isprint(c);
	case PUNCT:
		return ispunct(c);
	case SPACE:
		return isspace(c);
	case UPPER:
		return isupper(c);
	case XDIGIT:
		return isxdigit(c);
	}
	return 0;
}

int uc_iswctype(wint_t c, wctype_t class)
{
	if (CFG_LOCALE)
		return iswctype(c, class);
	return c < 128 && is_ascii((int)c, class);
}

wint_t uc_towupper(wint_t c)
{
	if (CFG_LOCALE)
		return towupper(c);
	return c < 128 ? (wint_t)toupper((int)c) : c;
}

wint_t uc_towlower(wint_t c)
{
	if (CFG_LOCALE)
		return towlower(c);
	return c < 128 ? (wint_t)tolower((int)c) : c;
}
