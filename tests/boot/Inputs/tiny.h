/* SPDX-License-Identifier: BSD-2-Clause */
/* tiny.h: see tiny.c. */
#include <stddef.h>
#include <stdint.h>
#include <uc/platform.h>

int main(int argc, char **argv, char **env);
void say(const char *s);
void say_number(unsigned long v);
/* Hides a value from the optimiser. */
#define HIDE(x) __asm__ volatile("" : "+r"(x))
