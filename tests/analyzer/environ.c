/*
 * The variable that holds the environment: setting it is no look at it, but
 * keeping its address is, in whatever form.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s
 * RUN: FileCheck %s --check-prefix=SET < %t.0/facts
 * RUN: env CFLAGS=-DKEPT=__environ %S/Inputs/analyze.sh %t.pool %t.1 %s
 * RUN: FileCheck %s < %t.1/facts
 * RUN: env CFLAGS='-DKEPT=&__environ' %S/Inputs/analyze.sh %t.pool %t.2 %s
 * RUN: FileCheck %s < %t.2/facts
 * RUN: env CFLAGS='-DKEPT=&__environ+1' %S/Inputs/analyze.sh %t.pool %t.3 %s
 * RUN: FileCheck %s < %t.3/facts
 */
extern char **__environ;
void *p;
static char *none[1];

int main(void)
{
    __environ = none;
    p = none + 1;
#ifdef KEPT
    p = KEPT;
#endif
    return p != 0;
}
/*
 * SET-NOT: {{^}}env{{$}}
 * SET: libcall __environ
 * SET-NOT: {{^}}env{{$}}
 * CHECK: {{^}}env{{$}}
 * CHECK-NEXT: >>> called by environ.c:24 in main
 */
