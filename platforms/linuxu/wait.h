/* SPDX-License-Identifier: BSD-2-Clause */
/* wait.h: what ends uc_plat_wait in a process. */
#ifndef UC_LINUXU_WAIT_H
#define UC_LINUXU_WAIT_H

#include <stdbool.h>

void uc_wait_for_console(bool on); /* clock.c */

#endif
