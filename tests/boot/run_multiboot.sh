#!/bin/bash
# An image of bare-x86_64 without unicore-run: by QEMU's -kernel (Multiboot 1),
# and by GRUB (Multiboot 2) from a CD, a disk and a USB stick, on pc and q35. It
# switches the machine off, by ACPI, and says a status that nobody asks for. What
# it prints is on the screen, too, if there is one. With too little memory it
# says so and stops.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK:      q35 kernel: [a][two words][c=d] unicore: exit status 007
# CHECK-NEXT: pc kernel: [a][two words][c=d] unicore: exit status 007
# CHECK-NEXT: no arguments: 0
# CHECK-NEXT: q35 cd: [it's] unicore: exit status 007
# CHECK-NEXT: pc cd: [it's] unicore: exit status 007
# CHECK-NEXT: disk: [it's] unicore: exit status 007
# CHECK-NEXT: stick: [it's] unicore: exit status 007
# CHECK-NEXT: unicore-run, cd: [it's] 7
# CHECK-NEXT: enough: room 0
# CHECK-NEXT: too little: unicore: too little memory for this image 125
# CHECK-NEXT: screen: on the screen
# CHECK-NEXT: no screen: 0
# CHECK-NEXT: error: image.iso: its command line is on it
# CHECK-NEXT: error: --iso: only images of bare-x86_64 start from a CD (-t)
# CHECK-NOT: {{.}}
set -u
cd "$1"
cat > "it's.c" <<'C'
#include <stdio.h>

int main(int argc, char **argv)
{
    for (int i = argc > 1; i < argc; i++)
        printf("[%s]", argv[i]);
    putchar('\n');
    return 7;
}
C
echo 'int main(void) { return 0; }' > none.c
cat > large.c <<'C'
#include <stdio.h>

static char room[8 << 20];

int main(int argc, char **argv)
{
    (void)argv;
    room[argc << 20] = 1;
    puts("room");
    return room[0];
}
C
cat > shown.c <<'C'
#include <stdio.h>

int main(void)
{
    for (int i = 0; i < 30; i++)
        puts("");
    puts("on the screen");
    fflush(stdout);
    for (;;)
        ;
}
C
unicore-specialize -q -t bare-x86_64 --iso "it's.c"
unicore-specialize -q -t bare-x86_64 none.c
unicore-specialize -q -t bare-x86_64 large.c
unicore-specialize -q -t bare-x86_64 shown.c
pc() { # WORDS: the console, in one line; the machine is to switch itself off
    timeout 20 qemu-system-x86_64 -nodefaults -display none -no-reboot \
        -accel tcg -serial stdio "$@" < /dev/null |
        tr '\n' ' ' | sed 's/  */ /g; s/ $//'
    [ "${PIPESTATUS[0]}" = 0 ] || echo " (not off)"
}
cp "out/it's/bare-x86_64/image" 'a b' # QEMU hands on the name as well
cp 'a b' image
cp "out/it's/bare-x86_64/image.iso" image.iso
for machine in q35 pc; do
    echo "$machine kernel: $(pc -M $machine -kernel image \
        -append "A=B name a 'two words' c=d")"
done
echo "no arguments: $(pc -M q35 -kernel out/none/bare-x86_64/image | wc -c)"
for machine in q35 pc; do
    echo "$machine cd: $(pc -M $machine -cdrom image.iso)"
done
disk=if=none,id=disk,format=raw,file=image.iso
echo "disk: $(pc -M pc -drive $disk -device ide-hd,drive=disk)"
echo "stick: $(pc -M q35 -drive $disk -device qemu-xhci \
    -device usb-storage,drive=disk)"
echo "unicore-run, cd: $(unicore-run -t 20 image.iso; echo "$?")" |
    tr '\n' ' ' | sed 's/ $/\n/'
large=out/large/bare-x86_64/image
echo "enough: $(unicore-run -t 20 -m 10M $large) $?"
echo "too little: $(unicore-run -t 20 -m 10M --qemu -m --qemu 8M $large) $?"
shown() { # WORDS: whether the end of the screen has the line
    rm -f line screen
    mkfifo monitor
    qemu-system-x86_64 -nodefaults -display none -serial file:line -M pc \
        -accel tcg -kernel out/shown/bare-x86_64/image -monitor stdio "$@" \
        < monitor > /dev/null &
    exec 3> monitor
    for _ in $(seq 100); do
        grep -q screen line 2> /dev/null && break
        sleep 0.1
    done
    echo 'pmemsave 0xb8000 4000 "screen"' >&3
    echo quit >&3
    exec 3>&-
    wait $!
    rm monitor
    python3 -c 'print(open("screen", "rb").read()[23 * 160:24 * 160:2]
        .decode("latin-1").strip())'
}
echo "screen: $(shown -vga std)"
echo "no screen: $(shown | grep -c screen)"
{ unicore-run image.iso more; unicore-specialize -q --iso none.c; } 2>&1 |
    sed -n 's/^unicore-[a-z]*: //p'
