#!/bin/bash
# QEMU's malta, for mips and mipsel (seven programs on the first): programs do what they do on Linux, threads
# that never call anything take turns and keep their registers, bytes come back
# over the network, a disk is sound, a folder shared, and what hello costs there.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1
# RUN: cat %t.out; FileCheck %s < %t.out
# CHECK-COUNT-7: mips {{[a-z]+}}: same
# CHECK: mips epoll: bare: as on Linux
# CHECK: mips turns: bad 0, enough 1
# CHECK: mips echo: the same, status 0
# CHECK: mips disk: 5000 lines, clean
# CHECK: mips folder: 5000 lines
# CHECK: mips hello: at most 8192 bytes, 5000 instructions
# CHECK: mipsel epoll: bare: as on Linux
# CHECK: mipsel turns: bad 0, enough 1
# CHECK: mipsel echo: the same, status 0
# CHECK: mipsel disk: 5000 lines, clean
# CHECK: mipsel folder: 5000 lines
# CHECK: mipsel hello: at most 8192 bytes, 5000 instructions
set -u
cd "$1"
PATH=$PATH:/usr/sbin:/sbin
root=$2 here=$2/tests/arch/Inputs

# Sends to the image's port what it is to send back, and then `quit`.
talk() { # PORT GOT SENT
    for _ in $(seq 300); do
        exec 3<> "/dev/tcp/127.0.0.1/$1" || { sleep 0.1; continue; }
        echo ready >&3
        # QEMU takes a connection that nobody wants yet, and drops it
        IFS= read -r -t 10 line <&3 && [ "$line" = ready ] && break
        exec 3>&-
        sleep 0.1
    done
    cat "$3" >&3 &
    head -c "$(wc -c < "$3")" <&3 > "$2"
    wait $!
    echo quit >&3
    cat <&3 > /dev/null
    exec 3>&-
}

seq 50000 > sent
for arch in mips mipsel; do
    target=bare-$arch
    [ $arch = mipsel ] || bash "$here/same.sh" $arch "$1/same-$arch" bare | sed "s/^/$arch /"
    sh "$root/tests/ipc/Inputs/same.sh" "$1/epoll" "$root/tests/ipc/epoll.c" $arch bare |
        sed "s/^/$arch epoll: /"
    for f in "$here/malta/turns.c" "$here/malta/echo.c" "$root/corpus/apps/hello"; do
        unicore-specialize -q -t $target "$f"
    done
    echo "$arch turns: $(unicore-run -t 60 out/turns/$target/image)"
    port=$((20000 + RANDOM % 10000))
    unicore-run -t 100 --fwd $port:7777 out/echo/$target/image > /dev/null &
    talk $port got sent 2> /dev/null
    wait $!
    code=$?
    cmp sent got && echo "$arch echo: the same, status $code"
    rm -rf disk folder && mkdir folder
    truncate -s 8M disk
    mke2fs -q -t ext4 disk
    unicore-specialize -q -o disks -t $target --disk "$here/malta/lines.c"
    unicore-specialize -q -o shares -t $target --share "$here/malta/lines.c"
    echo "$arch disk: $(unicore-run -t 60 --disk disk disks/lines/$target/image)," \
        "$(e2fsck -fn disk > fsck 2>&1 && debugfs -R 'cat /lines' disk 2> /dev/null | wc -l | sed 's/^5000$/clean/')"
    unicore-run -t 60 --share folder shares/lines/$target/image
    echo "$arch folder: $(wc -l < folder/lines) lines"
    count=$(unicore-run --count out/hello/$target/image 2>&1 > /dev/null | sed 's/entry_to_output=\([0-9]*\).*/\1/')
    size=$(wc -c < out/hello/$target/image)
    echo "hello: $size $count"
    [ "$size" -le 8192 ] && [ "$count" -le 5000 ] &&
        echo "$arch hello: at most 8192 bytes, 5000 instructions"
done
