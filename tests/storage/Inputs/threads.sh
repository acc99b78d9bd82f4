# SPDX-License-Identifier: BSD-2-Clause
# threads.sh PROGRAM.c FOLDER: on a new disk of each machine, checked after it.
set -eu
rm -rf "$2"
mkdir -p "$2"
cd "$2"
PATH=$PATH:/usr/sbin:/sbin
unicore-specialize -q --disk -o out "$1"
for run in "kvm --machine=microvm" "kvm --machine=q35" linuxu; do
    rm -f disk
    truncate -s 24M disk
    mke2fs -q -t ext4 disk
    printf '%s: ' "${run%% *}"
    # shellcheck disable=SC2086
    unicore-run -t 100 ${run#"${run%% *}"} --disk disk \
        "out/threads/${run%% *}-x86_64/image"
    e2fsck -fn disk > fsck 2>&1 || cat fsck
done
