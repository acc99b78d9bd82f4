/* SPDX-License-Identifier: BSD-2-Clause */
/* What images have of the linker, for programs as they are built for Linux. */
const int CFG_UNWIND = 1;
const int CFG_STREAM_IN = 1;
const int CFG_STREAM_WIDE = 1;
const int CFG_FACET_GET = 1;
const int CFG_FACET_PUT = 1;
const int CFG_FACET_COLLATE = 1;
const int CFG_FACET_MESSAGES = 1;
const int CFG_FACET_MONEY = 1;
const int CFG_FACET_TIME = 1;
const int CFG_FACET_UNICODE = 1;
const int CFG_FACET_WIDE = 1;
