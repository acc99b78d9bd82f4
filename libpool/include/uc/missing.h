/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * missing.h: calls of uc/sys.def that the table of some architecture has not,
 * against the rule of their group there. Negative numbers are none of the
 * kernel's, so the call is ENOSYS. Include <asm/unistd.h> first.
 */
#ifndef UC_MISSING_H
#define UC_MISSING_H

#include <asm/unistd.h>

#if defined(__arm__) /* under other names */
#define __NR_fadvise64_64 __NR_arm_fadvise64_64
#define __NR_sync_file_range2 __NR_arm_sync_file_range
#endif

#ifndef __NR_mmap
#define __NR_mmap -1001
#endif
#ifndef __NR_newfstatat
#define __NR_newfstatat -1002
#endif
#ifndef __NR_getrlimit
#define __NR_getrlimit -1003
#endif
#ifndef __NR_memfd_secret
#define __NR_memfd_secret -1004
#endif
#ifndef __NR_fadvise64
#define __NR_fadvise64 -1005
#endif
#ifndef __NR_sync_file_range
#define __NR_sync_file_range -1006
#endif
#ifndef __NR_semop
#define __NR_semop -1007
#endif
#ifndef __NR_semtimedop
#define __NR_semtimedop -1008
#endif
#ifndef __NR_renameat
#define __NR_renameat -1009
#endif
#ifndef __NR_alarm
#define __NR_alarm -1010
#endif
#ifndef __NR_arch_prctl
#define __NR_arch_prctl -1011
#endif
#ifndef __NR_ioperm
#define __NR_ioperm -1012
#endif
#ifndef __NR_iopl
#define __NR_iopl -1013
#endif
#ifndef __NR_select
#define __NR_select -1014
#endif
#ifndef __NR_time
#define __NR_time -1015
#endif
#ifndef __NR_utime
#define __NR_utime -1016
#endif
#ifndef __NR_vfork
#define __NR_vfork -1017
#endif
#ifndef __NR_getuid32
#define __NR_getuid32 -1018
#endif
#ifndef __NR_getgid32
#define __NR_getgid32 -1019
#endif
#ifndef __NR_geteuid32
#define __NR_geteuid32 -1020
#endif
#ifndef __NR_getegid32
#define __NR_getegid32 -1021
#endif
#ifndef __NR_setuid32
#define __NR_setuid32 -1022
#endif
#ifndef __NR_setgid32
#define __NR_setgid32 -1023
#endif
#ifndef __NR_setreuid32
#define __NR_setreuid32 -1024
#endif
#ifndef __NR_setregid32
#define __NR_setregid32 -1025
#endif
#ifndef __NR_setresuid32
#define __NR_setresuid32 -1026
#endif
#ifndef __NR_setresgid32
#define __NR_setresgid32 -1027
#endif
#ifndef __NR_getresuid32
#define __NR_getresuid32 -1028
#endif
#ifndef __NR_getresgid32
#define __NR_getresgid32 -1029
#endif
#ifndef __NR_getgroups32
#define __NR_getgroups32 -1030
#endif
#ifndef __NR_setgroups32
#define __NR_setgroups32 -1031
#endif
#ifndef __NR_setfsuid32
#define __NR_setfsuid32 -1032
#endif
#ifndef __NR_setfsgid32
#define __NR_setfsgid32 -1033
#endif
#ifndef __NR_fchown32
#define __NR_fchown32 -1034
#endif
#ifndef __NR_chown32
#define __NR_chown32 -1035
#endif
#ifndef __NR_lchown32
#define __NR_lchown32 -1036
#endif
#ifndef __NR_ugetrlimit
#define __NR_ugetrlimit -1037
#endif
#ifndef __NR_fadvise64_64
#define __NR_fadvise64_64 -1038
#endif
#ifndef __NR_sync_file_range2
#define __NR_sync_file_range2 -1039
#endif
#ifndef __NR_cacheflush
#define __NR_cacheflush -1040
#endif
#ifndef __NR_set_thread_area
#define __NR_set_thread_area -1041
#endif
#ifndef __NR_fchmodat2 /* newer than some headers; all machines count alike */
#define __NR_fchmodat2 (__NR_openat2 + 15)
#endif
#ifndef __NR_ipc
#define __NR_ipc -1999
#endif

#endif
