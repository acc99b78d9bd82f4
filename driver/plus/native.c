/* SPDX-License-Identifier: BSD-2-Clause */
/* What images have of the linker, for programs as they are built for Linux. */
const int CFG_UNWIND = 1;
