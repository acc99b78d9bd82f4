/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _types.h: types as Linux programs know them; sys/_types.h has other ideas
 * for what is not defined here.
 */
#ifndef _MACHINE__TYPES_H
#define _MACHINE__TYPES_H

#include <machine/_default_types.h>

#define __machine_dev_t_defined
#define __machine_ino_t_defined
#define __machine_uid_t_defined
#define __machine_gid_t_defined
#define __machine_clock_t_defined
#define __machine_clockid_t_defined
typedef unsigned long __dev_t;
typedef unsigned long __ino_t;
typedef unsigned int __uid_t;
typedef unsigned int __gid_t;
#define _CLOCK_T_ long
#define _CLOCKID_T_ int

#endif
