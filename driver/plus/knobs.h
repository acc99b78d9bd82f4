/* SPDX-License-Identifier: BSD-2-Clause */
/* What the linker defines in images, and native.c for Linux. */
#ifndef UC_PLUS_KNOBS_H
#define UC_PLUS_KNOBS_H

extern "C" const int CFG_UNWIND;
extern "C" const int CFG_STREAM_IN;
extern "C" const int CFG_STREAM_WIDE;
extern "C" const int CFG_FACET_GET;
extern "C" const int CFG_FACET_PUT;
extern "C" const int CFG_FACET_COLLATE;
extern "C" const int CFG_FACET_MESSAGES;
extern "C" const int CFG_FACET_MONEY;
extern "C" const int CFG_FACET_TIME;
extern "C" const int CFG_FACET_UNICODE;
extern "C" const int CFG_FACET_WIDE;

#endif
