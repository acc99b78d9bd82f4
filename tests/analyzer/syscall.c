/*
 * syscall() by number: constant ones are direct calls and need no dispatcher;
 * one that is not constant brings it, and all it can call.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s --explain uc_sys_close \
 * RUN:     | FileCheck %s --check-prefix=NOCLOSE
 * RUN: FileCheck %s --check-prefix=DIRECT < %t.0/pick
 * RUN: FileCheck %s --check-prefix=FACT < %t.0/facts
 * RUN: env CFLAGS=-DANY %S/Inputs/analyze.sh %t.pool %t.1 %s \
 * RUN:     --explain uc_sys_close | FileCheck %s --check-prefix=CLOSE
 * RUN: FileCheck %s --check-prefix=ANY < %t.1/pick
 */
long syscall(long, ...);

int main(int argc, char **argv)
{
#ifdef ANY
    syscall(argc);
#endif
    return (int)syscall(39);
}
/*
 * NOCLOSE: uc_sys_close: function of libpool/posix/core, dropped
 * DIRECT: {{^}}direct{{$}}
 * FACT: {{^}}syscall 39 getpid
 * CLOSE: >>> called by {{.*}} in uc_syscall
 * ANY: target
 * ANY-NOT: {{^}}direct{{$}}
 */
