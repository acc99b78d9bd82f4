/*
 * Choosing: the smaller allocator while nothing is freed, the other one when
 * something is, and then the smaller by force is an error that says why.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s
 * RUN: FileCheck %s --check-prefix=BUMP < %t.0/pick
 * RUN: env CFLAGS=-DFREE %S/Inputs/analyze.sh %t.pool %t.1 %s
 * RUN: FileCheck %s --check-prefix=TLSF < %t.1/pick
 * RUN: %S/Inputs/analyze.sh %t.pool %t.2 %s --choose malloc=tlsf
 * RUN: FileCheck %s --check-prefix=TLSF < %t.2/pick
 * RUN: env CFLAGS=-DFREE not %S/Inputs/analyze.sh %t.pool %t.3 %s \
 * RUN:     --choose malloc=bump 2>&1 | FileCheck %s --check-prefix=FORCED
 * RUN: not %S/Inputs/analyze.sh %t.pool %t.4 %s --choose malloc=jemalloc \
 * RUN:     2>&1 | FileCheck %s --check-prefix=NAME
 * RUN: %S/Inputs/analyze.sh %t.pool %t.5 %s --explain malloc \
 * RUN:     | FileCheck %s --check-prefix=WHY
 */
void *malloc(unsigned long);
void free(void *);

int main(void)
{
    void *p = malloc(3);
#ifdef FREE
    free(p);
#endif
    return p != 0;
}
/*
 * BUMP: component libpool/malloc/bump role=malloc
 * BUMP-NOT: tlsf
 * TLSF: component libpool/malloc/tlsf role=malloc
 * FORCED: error: libpool/malloc/bump: chosen for the role malloc, but it is
 * FORCED-SAME: only valid when !free
 * NAME: error: malloc=jemalloc: no component of that name fills the role
 * NAME-NEXT: note: libpool/malloc/bump does
 * WHY: malloc: role, filled by libpool/malloc/bump
 * WHY-NEXT: libpool/malloc/bump: component, role malloc
 * WHY: called by roles.c:{{[0-9]+}} in main
 * WHY: libpool/malloc/tlsf: component, not chosen: libpool/malloc/bump fills
 */
