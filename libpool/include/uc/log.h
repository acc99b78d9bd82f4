/* SPDX-License-Identifier: BSD-2-Clause */
/* log.h: the contract of role log: what the pool itself has to say. */
#ifndef UC_LOG_H
#define UC_LOG_H

/* One line: `unicore: what number`; the number is left out if negative. */
void uc_log(const char *what, long number);

#endif
