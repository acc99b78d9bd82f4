/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * line.h: how a machine starts the program: its command line becomes the
 * stack of a new Linux process. A platform calls uc_line_start on the first
 * thread's stack.
 */
#ifndef UC_LINE_H
#define UC_LINE_H

/* Where the program starts: argc, argv, environment, auxiliary vector. */
_Noreturn void uc_start(long *sp);

/* Starts it, with the command line if it can see one. */
_Noreturn void uc_line_start(void);

/* ---- of the platform ---- */

/* The text, which is asked for once, or "". */
const char *uc_plat_line(void);
/* It has been read: whatever it was seen through may go. */
void uc_plat_line_read(void);

#endif
