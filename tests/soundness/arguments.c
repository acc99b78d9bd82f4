/*
 * Facts about arguments: constants through wrappers, variables, or-ed flags
 * and syscall(), and `?` for the rest. The code that they decide about is there
 * or is not: a file mapped by a computed flag, the delivery of signals that nothing sends.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && clang -w p.c -o native
 * RUN: cd %S/Inputs/root && env -i %t/native one two > %t/expected
 * RUN: cd %t && cp %S/Inputs/root/text . && unicore-specialize -q -t linuxu-x86_64 p.c
 * RUN: cd %t && unicore-specialize -q -t kvm-x86_64 --root %S/Inputs/root p.c
 * RUN: cd %t && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image one two > got && cmp expected got || exit 1; done
 * RUN: FileCheck %s < %t/out/p/kvm-x86_64/facts
 * RUN: FileCheck %s --check-prefix=KVM < %t/out/p/kvm-x86_64/unicore.config
 *
 * A socket can send SIGPIPE; here nothing sends a signal:
 * RUN: cd %t && printf '#include <signal.h>\n#include <stdio.h>\nstatic void h(int n) { puts("h"); }\nint main(void) { signal(2, h); return puts("x") < 0; }\n' > q.c && unicore-specialize -q -t kvm-x86_64 q.c
 * RUN: FileCheck %s --check-prefix=UNSENT < %t/out/q/kvm-x86_64/facts
 * RUN: FileCheck %s --check-prefix=DROP < %t/out/q/kvm-x86_64/dropped
 *
 * RUN: cd %t && unicore-specialize -q -t kvm-x86_64 -o sent --assume signal_sent q.c
 * RUN: FileCheck %s --check-prefix=KEEP < %t/sent/q/kvm-x86_64/dropped
 * RUN: cd %t && unicore-run sent/q/kvm-x86_64/image | grep -qx x
 *
 * CHECK:     {{^}}buffering _IOFBF,_IOLBF{{$}}
 * CHECK:     {{^}}clock_id CLOCK_MONOTONIC{{$}}
 * CHECK:     {{^}}fcntl F_GETFL{{$}}
 * CHECK:     {{^}}heap_size 100,200{{$}}
 * CHECK-NOT: {{^}}file_write
 * CHECK:     {{^}}map PROT_READ MAP_PRIVATE{{$}}
 * CHECK:     {{^}}map PROT_READ|PROT_WRITE MAP_PRIVATE|MAP_ANONYMOUS{{$}}
 * CHECK:     {{^}}map_file{{$}}
 * CHECK-NOT: {{^}}map_fixed
 * CHECK:     {{^}}open_flags O_RDONLY|O_CLOEXEC{{$}}
 * CHECK:     {{^}}signal_sent{{$}}
 * CHECK:     {{^}}signals 2{{$}}
 * CHECK:     {{^}}socket AF_INET,AF_INET6 SOCK_STREAM|SOCK_NONBLOCK 0{{$}}
 * CHECK:     {{^}}stream_mode "r"{{$}}
 * CHECK:     {{^}}variable "HOME"{{$}}
 * CHECK:     {{^}}variable ?{{$}}
 * KVM:       CONFIG_MAP_FILE=y
 * KVM:       # CONFIG_MAP_FIXED is not set
 * KVM:       CONFIG_SIGNAL_SENT=y
 * UNSENT-NOT: {{^}}signal_sent
 * DROP:      run_handler:{{.*}} not reached
 * KEEP-NOT:  run_handler:{{.*}} not reached
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void handler(int n)
{
    puts("handled");
    _exit(n);
}

static int open_flags(const char *path, int flags)
{
    return open(path, flags | O_CLOEXEC);
}

static int family(int six)
{
    return socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
}

static void *block(int large)
{
    size_t n = 100;

    if (large)
        n = 200;
    return malloc(n);
}

int main(int argc, char **argv)
{
    struct timespec t;
    char *heap = block(argc > 2), *anywhere, *file, line[9] = "";
    FILE *f;
    int fd;

    setvbuf(stdout, NULL, argc > 5 ? _IOFBF : _IOLBF, BUFSIZ);
    signal(SIGINT, handler);
    sigprocmask(SIG_BLOCK, NULL, NULL);
    fd = open_flags("text", O_RDONLY);
    file = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    anywhere = (char *)syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%d %.4s %d\n", fd > 2, file, anywhere[5]);
    printf("%d\n", clock_gettime(CLOCK_MONOTONIC, &t));
    printf("%d\n", fcntl(fd, F_GETFL) & O_ACCMODE);
    if (argc > 7)
        family(argc > 8);
    f = fopen("text", "r");
    printf("%d %s\n", f && fgets(line, sizeof line, f), line);
    printf("%d\n", getenv("HOME") != NULL || getenv(argv[1]) != NULL);
    printf("%d\n", heap != NULL);
    return 0;
}
