/*
 * What is reached although no call leads there: constructors, `used`, what
 * assembly names. A weak reference alone brings nothing in.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --explain constructed \
 * RUN:     --explain used_only --explain by_asm --explain by_inline \
 * RUN:     --explain by_unused | FileCheck %s
 * RUN: FileCheck %s --check-prefix=FACT < %t/facts
 * RUN: FileCheck %s --check-prefix=PICK < %t/pick
 */
__attribute__((weak)) int fork(void);
void by_asm(void) {}
void by_inline(void) {}
void by_unused(void) {}
__asm__(".globl start_asm\nstart_asm: call by_asm");
__attribute__((constructor)) static void constructed(void) {}
__attribute__((used)) static void used_only(void) {}
int main(void)
{
    __asm__ volatile("push %rax; call by_inline; pop %rax");
    return fork ? 1 : 2;
}
/*
 * CHECK:      constructed: function of the program
 * CHECK-NEXT: >>>
 * CHECK:      used_only: function of the program
 * CHECK-NEXT: >>>
 * CHECK:      by_asm: function of the program
 * CHECK-NEXT: >>>
 * CHECK:      by_inline: {{.*}}
 * CHECK-NEXT: >>> {{.*}} in main
 * CHECK:      by_unused: function of the program, dropped
 * FACT: {{^}}ctors
 * PICK: target
 * PICK-NOT: {{misc.bc|nosys}}
 */
