/*
 * A function that the program defines itself, here or in another file, is not
 * libc's, whatever its name. The control is the same tree without that file.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cp %s %t/p/own.c
 * RUN: %S/Inputs/scan.sh %t/pool %t/p | FileCheck --check-prefix=LIBC %s
 * RUN: echo 'int fork(void) { return 1; }' > %t/p/fork.c
 * RUN: %S/Inputs/scan.sh %t/pool %t/p | FileCheck --check-prefix=OWN %s
 */
int fork(void);

int main(void)
{
    return fork();
}
/*
 * LIBC: processes fork 1 no fork
 * OWN: degraded on kvm: nothing
 * OWN-NOT: fork
 */
