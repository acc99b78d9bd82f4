#!/bin/bash
# The Debian package: built by dpkg-buildpackage from what git has, installed in
# a root that has nothing else (debootstrap), where it makes and runs an image.
#
# REQUIRES: long, root
# RUN: rm -rf %t && mkdir %t && bash %s %t %root %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: built: unicore_{{.*}}_amd64.deb
# CHECK: installed: /usr/bin/unicore-specialize
# CHECK: linuxu: 7 lines
# CHECK: kvm: 7 lines
# CHECK: tree: nothing of it is there
set -u
d=$1 tree=$2 root=$1/root
mkdir "$d/source"
git -C "$tree" archive HEAD | tar -x -C "$d/source"
(cd "$d/source" && dpkg-buildpackage -b -uc -us) > "$d/build.log" 2>&1 || tail -5 "$d/build.log"
rm -r "$d/source"
echo "built: $(cd "$d" && ls ./*.deb | sed 's|^./||')"
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 'debian$')
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" \
    > "$d/root.log" 2>&1 || tail -5 "$d/root.log"
cp -r /etc/apt/. "$root/etc/apt/"
cp /etc/resolv.conf "$root/etc/" 2> /dev/null
cp "$d"/*.deb "$3/lines.c" "$root/root/"
# what is mounted goes with this shell
unshare -m bash -s "$root" << 'END'
mount --bind /proc "$1/proc"; mount --bind /dev "$1/dev"
exec chroot "$1" /bin/bash -c '
    export DEBIAN_FRONTEND=noninteractive HOME=/root; unset TMPDIR UNICORE_CACHE XDG_CACHE_HOME
    cd /root
    { apt-get update && apt-get install -y --no-install-recommends ./*.deb; } > log 2>&1 || tail -5 log
    echo "installed: $(type -P unicore-specialize)"
    unicore-specialize -q lines.c
    seq 7 | unicore-run out/lines/linuxu-x86_64/image | sed "s/^/linuxu: /"
    seq 7 | unicore-run out/lines/kvm-x86_64/image | sed "s/^/kvm: /"'
END
[ -e "$root$tree" ] || echo "tree: nothing of it is there"
rm -r "$root"
