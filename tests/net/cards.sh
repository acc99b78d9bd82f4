#!/bin/bash
# A server of streams and datagrams on bare-x86_64, by each card that its driver
# knows and on both machines; and a machine without a card says so.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK:      q35 e1000: streams: good
# CHECK-NEXT: q35 e1000: datagrams: good
# CHECK-NEXT: q35 e1000: exit: good
# CHECK:      q35 e1000e: streams: good
# CHECK-NEXT: q35 e1000e: datagrams: good
# CHECK-NEXT: q35 e1000e: exit: good
# CHECK:      pc e1000: streams: good
# CHECK:      pc e1000-82545em: good
# CHECK-NEXT: pc e1000-82544gc: good
# CHECK-NEXT: dhcp: streams: good
# CHECK-NEXT: dhcp: datagrams: good
# CHECK-NEXT: dhcp: exit: good
# CHECK-NEXT: unicore: e1000: there is no network card that it knows
# CHECK-NEXT: -1
# CHECK-NEXT: error: --nic rtl8139: expected e1000, e1000e or another of QEMU's
set -u
cd "$1"
unicore-specialize -q -t bare-x86_64 "$2/echo.c"
image=out/echo/bare-x86_64/image
python3 "$2/cards.py" $image
cat > alone.c <<'C'
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = 1};
    int s = socket(AF_INET, SOCK_STREAM, 0);

    a.sin_addr.s_addr = htonl(0x0a000202);
    printf("%d\n", connect(s, (struct sockaddr *)&a, sizeof a));
    return 0;
}
C
unicore-specialize -q -t bare-x86_64 alone.c
unicore-run -t 30 --net none out/alone/bare-x86_64/image
unicore-run --nic rtl8139 $image 2>&1 | sed 's/^unicore-run: //'
