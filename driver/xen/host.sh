#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# host.sh: a Xen host under QEMU, for images on computers that are none.
#
# usage: host.sh FOLDER MEMORY [NIC]
#
# Makes in FOLDER (which exists) what unicore-run starts it from:
#
#   xen vmlinux initrd   Xen, the kernel of its first domain, and that one's files
#   machine              words of QEMU's command line, one a line: all but where
#                        console, log, job and disks lead
#   snapshot             the machine of MEMORY MiB, with all that up
#
# With NIC, a network card as QEMU names it, the machine has one, and an IOMMU,
# without which Xen passes no device on; pciback keeps it for a domain.
#
# Everything comes from Debian packages, which are unpacked and not installed;
# the downloads stay in FOLDER/../xen-packages. What is started in the first
# domain says `init`, which lies beside this script, as do the scripts that back
# ends call. QEMU without KVM is all that is needed: the processor's features
# that it emulates badly under Xen are turned off. With XSAVE, programs of the
# first domain ended by segmentation faults now and then, while another domain
# woke often: 2 of 60; without, 0 of 40.
set -eu
here=$(dirname "$(readlink -f "$0")") folder=$1 memory=$2 nic=${3:-}
packages=$(dirname "$folder")/xen-packages
first=256 # MiB of the first domain
cpu=EPYC,+svm,+npt,-smap,-monitor,-rdtscp

die() {
    echo "host.sh: $*" >&2
    exit 1
}

# ---- packages: once for all memory sizes ----

fetch() {
    xen=$(apt-cache depends xen-system-amd64 | sed -n 's/.*xen-hypervisor-\([0-9.]*\)-amd64.*/\1/p' | head -1)
    kernel=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9][^ ]*\).*/\1/p' | head -1)
    [ -n "$kernel" ] && [ -n "$xen" ] || return 1
    # shellcheck disable=SC2086
    apt-get -q -o APT::Sandbox::User=root download "$kernel" "xen-hypervisor-$xen-amd64" "xen-utils-$xen" \
        xenstore-utils "libxenmisc$xen" libxencall1 libxendevicemodel1 libxenevtchn1 libxenforeignmemory1 \
        libxengnttab1 libxenstore4 libxentoolcore1 libxentoollog1 libxenhypfs1 libyajl2 busybox-static
}

if [ ! -e "$packages/done" ]; then
    rm -rf "$packages"
    mkdir -p "$packages/x"
    cd "$packages"
    fetch > log 2>&1 || { apt-get -q update >> log 2>&1 && fetch >> log 2>&1; } ||
        die "the packages of Xen cannot be fetched: $(tail -1 log)"
    for d in *.deb; do dpkg -x "$d" x; done
    rm ./*.deb
    touch done
fi
cd "$folder"
x=$packages/x
busybox=$(ls "$x"/bin/busybox "$x"/usr/bin/busybox 2> /dev/null | head -1)
version=$(basename "$x"/lib/modules/*)

# ---- what is started ----

zcat "$x"/boot/xen-*-amd64.gz > xen

# The kernel as it is in vmlinuz, so that it is unpacked here and not by QEMU:
# behind setup sectors, at an offset and of a size that its head has.
number() { # AT BYTES
    od -An -j "$1" -N "$2" -t "u$2" "$x/boot/vmlinuz-$version" | tr -d ' '
}
sectors=$(number 497 1)
tail -c +$(((sectors + 1) * 512 + $(number 584 4) + 1)) "$x/boot/vmlinuz-$version" |
    head -c "$(number 588 4)" | xz -dc --single-stream > vmlinux 2> /dev/null || true
[ "$(head -c 4 vmlinux | tail -c 3)" = ELF ] || cp "$x/boot/vmlinuz-$version" vmlinux

# ---- the first domain's files ----

root=$folder/root
utils=$(ls -d "$x"/usr/lib/xen-*/bin)
export LD_LIBRARY_PATH="$x/usr/lib/x86_64-linux-gnu:$utils/../lib/x86_64-linux-gnu"
put() { # a program and the libraries that it needs
    for f in "$1" $(ldd "$1" 2> /dev/null | grep -o '/[^ ]*'); do
        to=${f#"$x"}
        [ -e "$root$to" ] || { mkdir -p "$root${to%/*}" && cp -L "$f" "$root$to"; }
    done
}
rm -rf "$root"
mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/tmp" "$root/modules" \
    "$root/job" "$root/share" "$root/monitor" "$root/etc/xen/scripts" "$root/var/lib/xen" "$root/var/lib/xenstored" \
    "$root/var/log/xen/console"
ln -s ../run "$root/var/run"
ln -s ../run/lock "$root/var/lock"
cp "$busybox" "$root/bin/busybox"
for b in sh mount mkdir cat echo sleep ls ip grep sed mkfifo tail insmod kill head tr readlink cut seq \
    basename dmesg mktemp rm; do
    ln -s busybox "$root/bin/$b"
done
for b in xl xenstored xenconsoled xenconsole xen-init-dom0 libxl-save-helper; do
    put "$utils/$b"
done
for b in xenstore-read xenstore-write xenstore-ls; do
    put "$x/usr/bin/$b"
done
put "$(ldconfig -p | awk '/libgcc_s.so.1 .*x86-64/{print $NF; exit}')" # pthread_cancel loads it
cp "$here/init" "$root/init"
cp "$here/hotplug" "$root/etc/xen/scripts/block"
cp "$here/hotplug" "$root/etc/xen/scripts/vif-bridge"
chmod +x "$root/init" "$root"/etc/xen/scripts/*
printf 'autoballoon="off"\n' > "$root/etc/xen/xl.conf"

# In the order in which they are loaded; disks only when a job is there.
[ -e "$x/lib/modules/$version/modules.dep" ] || "$busybox" depmod -b "$x" "$version"
modules() { # LIST NAME...
    list=$1
    shift
    for m; do
        sed -n "s,^\([^:]*/$m\.ko\): *\(.*\),\2 \1,p" "$x/lib/modules/$version/modules.dep" | {
            read -r line
            own=${line##* } needed=
            for f in ${line% *}; do
                [ "$f" = "$own" ] || needed="$f $needed"
            done
            echo "$needed $own"
        } | tr ' ' '\n' | while read -r f; do
            [ -n "$f" ] && [ ! -e "$root/modules/${f##*/}" ] || continue
            cp "$x/lib/modules/$version/$f" "$root/modules/"
            echo "${f##*/}" >> "$root/modules/$list"
        done
    done
}
modules early xenfs xen-evtchn xen-gntdev xen-gntalloc xen-privcmd virtio_pci virtio_console virtio_net \
    bridge xen-netback xen-blkback
[ -z "$nic" ] || modules passed xen-pciback
modules late virtio_blk
modules share 9pnet_virtio 9p
(cd "$root" && find . | "$busybox" cpio -o -H newc 2> /dev/null) > initrd
rm -rf "$root"

# ---- the machine, and its snapshot ----

more=
[ -z "$nic" ] || more=' iommu=no-intremap'
cat > machine << EOF
-M
$([ -z "$nic" ] && echo pc || echo q35)
-accel
tcg
-cpu
$cpu
-m
$memory
-nodefaults
-display
none
-no-reboot
-kernel
$folder/xen
-append
console=com1 com1=115200,8n1 dom0_mem=${first}M,max:${first}M guest_loglvl=all loglvl=warning cpuidle=0 xsave=0$more
-initrd
$folder/vmlinux console=hvc0 quiet loglevel=5 printk.devkmsg=on panic=1 net.ifnames=0,$folder/initrd
-serial
chardev:log
-device
virtio-serial-pci
-device
virtserialport,chardev=console,name=console
-device
virtserialport,chardev=go,name=go
-device
virtio-net-pci,netdev=net,romfile=
-device
virtio-blk-pci,drive=image
-device
virtio-blk-pci,drive=job
-device
virtio-blk-pci,drive=disk
-device
virtio-blk-pci,drive=file
-device
virtio-9p-pci,fsdev=share,mount_tag=share
-device
virtio-9p-pci,fsdev=monitor,mount_tag=monitor
EOF
# Where it is does not depend on the others: run_xen.c names it to xl.
[ -z "$nic" ] || printf '%s\n' -device intel-iommu -device "$nic,netdev=nic,romfile=,addr=0x10" >> machine
rm -f go.in go.out control.in control.out log
mkfifo go.in go.out control.in control.out
exec 3<> control.in 4<> control.out 5<> go.in 6<> go.out
mapfile -t words < machine
qemu-system-x86_64 "${words[@]}" -chardev file,id=log,path=log -chardev null,id=console \
    -chardev pipe,id=go,path=go -netdev user,id=net \
    -blockdev null-co,node-name=image,size=512,read-only=on \
    -blockdev null-co,node-name=job,size=512,read-only=on -blockdev null-co,node-name=disk,size=512 \
    -blockdev null-co,node-name=file,size=512,read-only=on ${nic:+-netdev user,id=nic} \
    -fsdev synth,id=share -fsdev synth,id=monitor \
    -global migration.store-global-state=off \
    -chardev pipe,id=control,path=control -mon control 2> qemu.log < /dev/null &
qemu=$!
trap 'kill $qemu 2> /dev/null || true' EXIT
for _ in $(seq 1200); do
    ! grep -q 'host: ready' log 2> /dev/null || break
    kill -0 $qemu 2> /dev/null || break
    sleep 0.1
done
grep -q 'host: ready' log || die "Xen does not come up: $(tail -3 log | tr '\n' ' ') $(tail -1 qemu.log)"
# Stopped: a snapshot of a machine that goes on can have memory of two times. It
# is not noted that it was stopped, so it goes on where it is restored.
echo stop >&3
echo 'migrate_set_parameter max-bandwidth 10G' >&3
echo "migrate \"exec:cat > snapshot.new\"" >&3
for _ in $(seq 1200); do
    echo 'info migrate' >&3
    ! timeout 1 grep -qm1 'Migration status: completed' <&4 || break
done
echo quit >&3
wait $qemu || true
trap - EXIT
[ -s snapshot.new ] || die "no snapshot of Xen could be made: $(tail -1 qemu.log)"
rm -f go.in go.out control.in control.out qemu.log
mv snapshot.new snapshot
