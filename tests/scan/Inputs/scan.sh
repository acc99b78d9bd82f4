#!/bin/bash
# scan.sh POOL ARGUMENT...: unicore-scan with a small pool and sysroot, made in
# POOL if missing. Its kvm has the calls read and getpid, and no fork.
set -eu
pool=$1
shift
if [ ! -e "$pool/index" ]; then
    mkdir -p "$pool/sysroot/include/sys"
    component() {
        mkdir -p "$pool/$1"
        printf '%s\n' "$2" > "$pool/$1/component"
    }
    component libpool/libc/musl 'role libc'
    component libpool/posix/core 'role posix'
    component libpool/posix/linux 'only platform=linuxu'
    component platforms/kvm 'role platform'
    cat > "$pool/index" <<'EOF'
component libpool/libc/musl
module libpool/libc/musl/fork.bc
def fork f 10
ref inner_fork
module libpool/libc/musl/inner.bc
def inner_fork f 10
ref uc_sys_fork
ref uc_sys_getpid
module libpool/libc/musl/read.bc
def read f 10
ref uc_sys_read
module libpool/libc/musl/setjmp.o
def setjmp f 10
component libpool/posix/core
module libpool/posix/core/rw.bc
def uc_sys_getpid f 10
def uc_sys_read f 10
component libpool/posix/linux
module libpool/posix/linux/linux.bc
def uc_sys_fork f 10
component platforms/kvm
EOF
    cd "$pool/sysroot/include"
    echo 'int fork(void); long read(int, void *, long);
          long syscall(long, ...);' > unistd.h
    echo 'int printf(const char *, ...);' > stdio.h
    echo 'void *dlopen(const char *, int);' > dlfcn.h
    echo 'typedef long jmp_buf[8]; int setjmp(jmp_buf);' > setjmp.h
    echo 'struct sigaction { void (*sa_handler)(int); };
          int sigaction(int, const struct sigaction *, struct sigaction *);
          void (*signal(int, void (*)(int)))(int);' > signal.h
    cd - > /dev/null
fi
exec unicore-scan --pool "$pool" --sysroot "$pool/sysroot" "$@"
