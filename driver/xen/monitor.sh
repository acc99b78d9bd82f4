#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# monitor.sh: the QEMU that is the back end of 9pfs in the first domain of a Xen
# host under QEMU (host.sh), and the libraries that it needs.
#
# usage: monitor.sh FOLDER
#
# FOLDER (which exists) is shown to the first domain as /monitor. Debian's
# package of QEMU for Xen is unpacked and not installed, as are those that it
# needs and this computer has not.
set -eu
folder=$1
xen=$(dirname "$folder")/xen-packages/x

die() {
    echo "monitor.sh: $*" >&2
    exit 1
}

cd "$folder"
rm -rf debs x lib
mkdir -p debs/partial x lib
get() {
    apt-get -q -y --download-only --no-install-recommends -o APT::Sandbox::User=root -o Debug::NoLocking=1 \
        -o Dir::Cache::archives="$PWD/debs/" --reinstall install qemu-system-xen
}
get > log 2>&1 || { apt-get -q update >> log 2>&1 && get >> log 2>&1; } ||
    die "QEMU for Xen cannot be fetched: $(tail -1 log)"
for d in debs/*.deb; do dpkg -x "$d" x; done
qemu=$(ls x/usr/libexec/xen-qemu-system-i386)
export LD_LIBRARY_PATH="$xen/usr/lib/x86_64-linux-gnu:$PWD/x/usr/lib/x86_64-linux-gnu"
! ldd "$qemu" | grep 'not found' >&2 || die "libraries are missing"
# shellcheck disable=SC2046
cp -L $(ldd "$qemu" | grep -o '/[^ ]*') lib/
cp "$qemu" qemu
mkdir -p keymaps # a display that is not there wants one
cp "$(ls x/usr/share/qemu/keymaps/en-us /usr/share/qemu/keymaps/en-us 2> /dev/null | head -1)" keymaps/
cat > run << 'RUN'
#!/bin/sh
LD_LIBRARY_PATH=/monitor/lib exec /monitor/qemu -L /monitor "$@"
RUN
chmod +x run
rm -rf debs x
touch done
