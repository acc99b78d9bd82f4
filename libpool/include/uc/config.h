/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.h: knobs. A component's manifest gives each its expression over the
 * facts; the analyzer computes the value and the linker defines the constant.
 * Write `if (CFG_X)`, never `#if`: both sides always compile. A knob that is
 * used in one component only is declared there, in the same way.
 */
#ifndef UC_CONFIG_H
#define UC_CONFIG_H

extern const int CFG_THREADS; /* more than one thread can exist */
extern const int CFG_ARGV;    /* main looks at its arguments */
extern const int CFG_ENV;     /* something reads the environment */
extern const int CFG_WORD;    /* the pool itself does */

#endif
