/* SPDX-License-Identifier: BSD-2-Clause */
/* words.h: the assignments on the command line, each ended by NUL. */
#ifndef UC_WORDS_H
#define UC_WORDS_H

#include <stdint.h>

extern uintptr_t uc_line_words, uc_line_word_count;

#endif
