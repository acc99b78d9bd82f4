/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_syscall.h: a system call is a direct call of uc_sys_NAME.
 *
 * SYS_x stands for the identifier sys_x (see prepare.sh), which is pasted; a
 * number that is not a constant does not compile, so such places have files
 * of their own in the overlay. Callers pass as many arguments as they care
 * for; UC_COUNT_sys_x says how many the function takes, the rest are zeros.
 * __syscall_cp is a call that pthread_cancel may end: see pthread_cancel.c.
 */
#ifndef UC_SYSCALL_H
#define UC_SYSCALL_H

#include <uc/pool.h>

#define UC_ARGS_0(f, ...) f()
#define UC_ARGS_1(f, a, ...) f(__scc(a))
#define UC_ARGS_2(f, a, b, ...) f(__scc(a), __scc(b))
#define UC_ARGS_3(f, a, b, c, ...) f(__scc(a), __scc(b), __scc(c))
#define UC_ARGS_4(f, a, b, c, d, ...) f(__scc(a), __scc(b), __scc(c), __scc(d))
#define UC_ARGS_5(f, a, b, c, d, e, ...)                                       \
    f(__scc(a), __scc(b), __scc(c), __scc(d), __scc(e))
#define UC_ARGS_6(f, a, b, c, d, e, g, ...)                                    \
    f(__scc(a), __scc(b), __scc(c), __scc(d), __scc(e), __scc(g))
#define UC_ARGS_7(f, a, b, c, d, e, g, h, ...)                                 \
    f(__scc(a), __scc(b), __scc(c), __scc(d), __scc(e), __scc(g), __scc(h))

/* Each step expands what the next one pastes. */
#define UC_CALL(n, ...) UC_CALL_NAMED(n, __VA_ARGS__)
#define UC_CALL_NAMED(n, ...) UC_CALL_COUNTED(uc_##n, UC_COUNT_##n, __VA_ARGS__)
#define UC_CALL_COUNTED(f, k, ...) UC_CALL_PASTED(f, k, __VA_ARGS__)
#define UC_CALL_PASTED(f, k, ...) UC_ARGS_##k(f, __VA_ARGS__)

#define UC_CALLED(...)                                                         \
    uc_called((uc_enter(), UC_CALL(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)))

static inline long uc_called(long result)
{
    uc_leave();
    return result;
}

extern const int CFG_CANCEL;
long uc_cp_begin(int waits, int *before);
long uc_cp_end(long result, int before);
int uc_plain_begin(void);
void uc_plain_end(int before);

/* uc_waits_sys_x: can it be a call that pthread_cancel ends? */
enum {
#define SYS(n, name) uc_waits_sys_##name = 0,
#define SYS_OLD(n, name) uc_waits_sys_##name = 0,
#define SYS_FILE(n, name) uc_waits_sys_##name = 0,
#define SYS_FILE_OLD(n, name) uc_waits_sys_##name = 0,
#define SYS_WAIT(n, name) uc_waits_sys_##name = 1,
#define SYS_OLD_WAIT(n, name) uc_waits_sys_##name = 1,
#define SYS_FILE_WAIT(n, name) uc_waits_sys_##name = 1,
#define SYS_FILE_OLD_WAIT(n, name) uc_waits_sys_##name = 1,
#define SYS_32(n, name) uc_waits_sys_##name = 0,
#define SYS_FILE_32(n, name) uc_waits_sys_##name = 0,
#define SYS_32_WAIT(n, name) uc_waits_sys_##name = 1,
#include <uc/sys.def>
};
#define UC_WAITS(n) UC_WAITS_NAMED(n)
#define UC_WAITS_NAMED(n) uc_waits_##n

/* In a handler, the call that it has interrupted is the one to be ended. */
#define __syscall(...)                                                         \
    UC_PLAIN(UC_FIRST(__VA_ARGS__, 0), UC_CALLED(__VA_ARGS__))
#define UC_FIRST(n, ...) n
#define UC_PLAIN(n, call)                                                      \
    ({                                                                         \
        int uc_before = 0;                                                     \
        if (CFG_CANCEL && UC_WAITS(n))                                         \
            uc_before = uc_plain_begin();                                      \
        long uc_plain = call;                                                  \
        if (CFG_CANCEL && UC_WAITS(n))                                         \
            uc_plain_end(uc_before);                                           \
        uc_plain;                                                              \
    })

/* What close may have waited for is lost when it fails: only ends before. */
#define __syscall_cp(...)                                                      \
    UC_CANCELED(UC_FIRST(__VA_ARGS__, 0), UC_CALLED(__VA_ARGS__))
#define UC_CANCELED(n, call)                                                   \
    ({                                                                         \
        int uc_before = 0;                                                     \
        long uc_result = 0;                                                    \
        if (CFG_CANCEL)                                                        \
            uc_result = uc_cp_begin(n != SYS_close, &uc_before);               \
        if (!CFG_CANCEL || !uc_result) {                                       \
            uc_result = call;                                                  \
            if (CFG_CANCEL)                                                    \
                uc_result = uc_cp_end(uc_result, uc_before);                   \
        }                                                                      \
        uc_result;                                                             \
    })

#define __syscall1(...) __syscall(__VA_ARGS__)
#define __syscall2(...) __syscall(__VA_ARGS__)
#define __syscall3(...) __syscall(__VA_ARGS__)
#define __syscall4(...) __syscall(__VA_ARGS__)
#define __syscall_cp2(...) __syscall_cp(__VA_ARGS__)
#define __syscall_cp3(...) __syscall_cp(__VA_ARGS__)
#define __syscall_cp4(...) __syscall_cp(__VA_ARGS__)

#define __socketcall(nm, a, b, c, d, e, f) __syscall(SYS_##nm, a, b, c, d, e, f)
#define __socketcall_cp(nm, a, b, c, d, e, f)                                  \
    __syscall_cp(SYS_##nm, a, b, c, d, e, f)

#endif
