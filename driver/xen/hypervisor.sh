#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# hypervisor.sh: Xen for 64-bit ARM, from Debian's package for that, which is
# unpacked and not installed. The computer's own apt does not know packages of
# another architecture: this one has a state of its own, with the computer's
# sources and keys.
#
# usage: hypervisor.sh FOLDER
#
# Leaves FOLDER/xen. A version that the mirror lists and does not hold is not
# the only one.
set -eu
folder=$1

die() {
    echo "hypervisor.sh: $*" >&2
    exit 1
}

mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
cd "$folder"
: > apt/status
cat > apt/conf << EOF
Dir::State "$PWD/apt";
Dir::State::status "$PWD/apt/status";
Dir::Cache "$PWD/apt/cache";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Acquire::Languages { "none"; };
Acquire::Retries "2";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
EOF
export APT_CONFIG=$PWD/apt/conf
apt-get -q update || echo "not all lists could be fetched" # one is enough
package=$(apt-cache depends xen-system-arm64 | sed -n 's/.*Depends: \(xen-hypervisor-[^ ]*\).*/\1/p' | head -1)
[ -n "$package" ] || die "Debian's lists have no Xen for arm64"
rm -f ./*.deb
for version in $(apt-cache madison "$package" | tr -d ' ' | cut -d'|' -f2); do
    ! apt-get -q download "$package=$version" || break
done
rm -rf x
dpkg -x ./*.deb x || die "$package cannot be fetched"
xen=$(find x/boot -name 'xen-*-arm64*' ! -name '*.config' ! -name '*.efi' | head -1)
case $xen in
    '') die "$package has no Xen" ;;
    *.gz) zcat "$xen" > xen.new ;;
    *) cp "$xen" xen.new ;;
esac
rm -rf x apt ./*.deb
mv xen.new xen
