/*
 * Code behind a knob that is 0 is not reached, and the facts in it do not
 * hold; with a thread the knob is 2 and the code is there.
 *
 * RUN: rm -rf %t.o && mkdir -p %t.o/libpool/libc/musl
 * RUN: sed -n 's/^POOL: //p' %s > %t.o/libpool/libc/musl/clone.c
 * RUN: %S/Inputs/mkpool.sh %t.pool %t.o
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s --explain check \
 * RUN:     | FileCheck %s --check-prefix=OFF
 * RUN: env CFLAGS=-DTHREAD %S/Inputs/analyze.sh %t.pool %t.1 %s \
 * RUN:     --explain check | FileCheck %s --check-prefix=ON
 * RUN: FileCheck %s --check-prefix=CONFIG < %t.1/config.h
 */
#if 0
POOL: long uc_sys_thread(long a) { return a; }
POOL: int pthread_create(void) { return (int)uc_sys_thread(0); }
#endif
void *malloc(unsigned long);
void free(void *);
int pthread_create(void);

int main(void)
{
#ifdef THREAD
    pthread_create();
#endif
    free(malloc(3));
    return 0;
}
/*
 * OFF: check: function of libpool/malloc/tlsf, dropped
 * ON: check: function of libpool/malloc/tlsf (
 * CONFIG: #define CFG_HEAP_CHECK 2 /* threads ? 2 : 0
 * CONFIG: #define CFG_THREADS 1
 */
