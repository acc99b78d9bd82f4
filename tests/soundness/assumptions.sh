#!/bin/bash
# What happens when an assumption of docs/CAVEATS.md does not hold: a named
# fault, an error, ENOSYS, never a silent difference. Each way to forge a
# pointer is a program of its own, so that no other one keeps the function; the
# control calls it by its type.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: linuxu control: lonely 3
# CHECK-NEXT: linuxu integer: lonely 3
# CHECK-NEXT: linuxu bytes: call of lonely:app, which was cut because nothing reached it
# CHECK-NEXT: linuxu cast: call of lonely:app, which was cut because nothing reached it
# CHECK-NEXT: linuxu first: lonely 3
# CHECK-NEXT: kvm control: lonely 3
# CHECK-NEXT: kvm integer: lonely 3
# CHECK-NEXT: kvm bytes: call of lonely:app, which was cut because nothing reached it
# CHECK-NEXT: kvm cast: call of lonely:app, which was cut because nothing reached it
# CHECK-NEXT: kvm first: lonely 3
# CHECK-NEXT: degraded: execve fork
# CHECK-NEXT: kvm segv: unicore: fault 14 139
# CHECK-NEXT: kvm exec: Out of memory 3
# CHECK-NEXT: kvm execfile: Operation not permitted 3
# CHECK-NEXT: kvm shared: No error information 3
# CHECK-NEXT: kvm memory: unicore: fault 14 139
# CHECK-NEXT: kvm fork: unicore: fork: the parent waits for the child 3
# CHECK-NEXT: kvm execve: Function not implemented 3
# CHECK-NEXT: kvm thread: No error information 3
# CHECK-NEXT: kvm dlopen: Dynamic loading not supported 3
# CHECK-NEXT: linuxu segv: 51
# CHECK-NEXT: linuxu thread: No error information 3
# CHECK-NEXT: linuxu dlopen: Dynamic loading not supported 3
set -u
cd "$1" || exit 2
cat > forge.c <<'C'
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void lonely(double x, int n) { printf("lonely %d\n", n); }
static struct { char name[8]; void (*f)(double, int); } table[] = {{"x", lonely}};
static volatile int zero;

int main(void)
{
#ifdef control
    table[zero].f(1, 3);
#endif
#ifdef integer
    uintptr_t n = (uintptr_t)table[zero].f ^ 5;
    ((void (*)(double, int))(n ^ (5 + zero)))(1, 3);
#endif
#ifdef bytes /* as read from a file: nothing says that it is the field's */
    void (*f)(double, int);
    unsigned char *from = (unsigned char *)table + zero;
    for (unsigned i = 0; i < sizeof f; i++)
        ((unsigned char *)&f)[i] = from[i + 8];
    f(1, 3);
#endif
#ifdef cast /* integers are passed in other registers than doubles */
    ((void (*)(int, int))table[zero].f)(1, 3);
#endif
#ifdef first /* a field that is read without its structure is seen */
    (*(void (**)(double, int))((char *)&table[zero] + 8))(1, 3);
#endif
    return table[0].f == 0;
}
C
for p in linuxu kvm; do
    for how in control integer bytes cast first; do
        { echo "#define $how"; cat forge.c; } > p.c
        unicore-specialize -q -t "$p-x86_64" p.c
        echo "$p $how: $(unicore-run "out/p/$p-x86_64/image" 2>&1 |
            sed -n 's/^>>> \(call of.*\)/\1/p; /^lonely/p')"
    done
done

cat > calls.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void handler(int n) { _exit(40 + n); }
static void *run(void *x) { return x; }

static const char *map(int protection, int flags)
{
    int fd = -1;
    if (!(flags & MAP_ANONYMOUS)) {
        FILE *f = fopen("file", "w+");
        fputs("text", f);
        fflush(f);
        fd = fileno(f);
    }
    errno = 0;
    mmap(NULL, 4, PROT_READ | protection, flags, fd, 0);
    return strerror(errno);
}

static const char *try(const char *what, int argc)
{
    volatile char *nowhere = (char *)(uintptr_t)(argc + 8);
    pthread_t t;

    errno = 0;
    if (!strcmp(what, "segv") && signal(SIGSEGV, handler) != SIG_ERR)
        *nowhere = 1;
    if (!strcmp(what, "exec"))
        return map(PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS);
    if (!strcmp(what, "execfile"))
        return map(PROT_EXEC, MAP_PRIVATE);
    if (!strcmp(what, "shared"))
        return map(PROT_WRITE, MAP_SHARED);
    if (!strcmp(what, "memory"))
        return write(1, (char *)nowhere, 1) < 0 ? strerror(errno) : "written";
    if (!strcmp(what, "fork"))
        return fork() < 0 ? strerror(errno) : "forked";
    if (!strcmp(what, "execve"))
        return execl("/bin/true", "true", NULL) < 0 ? strerror(errno) : "";
    if (!strcmp(what, "thread"))
        return strerror(pthread_create(&t, NULL, run, NULL));
    return dlopen("libm.so", RTLD_NOW) ? "opened" : dlerror();
}

int main(int argc, char **argv)
{
    puts(try(argv[1], argc));
    return 3;
}
C
unicore-specialize calls.c 2> /dev/null |
    sed -n 's/.*kvm-x86_64.* \(execve fork\)$/degraded: \1/p'
for x in kvm:{segv,exec,execfile,shared,memory,fork,execve,thread,dlopen} \
    linuxu:{segv,thread,dlopen}; do
    text=$(unicore-run "out/calls/${x%:*}-x86_64/image" "${x#*:}" 2>&1) && status=0 || status=$?
    echo "${x%:*} ${x#*:}:" $(sed -n '/./{ s/\(fault 14\) .*/\1/; p; q; }' <<< "$text") $status
done
