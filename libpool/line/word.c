/* SPDX-License-Identifier: BSD-2-Clause */
/* word.c: variables of the environment, for the pool itself: line.c. */
#include <uc/platform.h>
#include <uc/string.h>

#include "words.h"

bool uc_plat_word(const char *name, char *to, size_t n)
{
    const char *word = (const char *)uc_line_words;
    size_t length = strlen(name);

    for (uintptr_t i = 0; i < uc_line_word_count; i++) {
        size_t all = strlen(word);
        if (all > length && !memcmp(word, name, length) &&
            word[length] == '=' && all - length - 1 < n) {
            memcpy(to, word + length + 1, all - length);
            return true;
        }
        word += all + 1;
    }
    return false;
}
