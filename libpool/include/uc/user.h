/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user.h: who the program is, for what it may do with files. In a program that
 * never becomes another, all of it is the constant 0.
 */
#ifndef UC_USER_H
#define UC_USER_H

#include <stdbool.h>

unsigned uc_user_id(void); /* the effective one */
unsigned uc_user_group(void);
bool uc_user_has_group(unsigned gid); /* among the supplementary ones */
unsigned uc_user_real(void);
unsigned uc_user_real_group(void);

#endif
