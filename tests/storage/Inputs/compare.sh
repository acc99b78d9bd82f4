#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# compare.sh DISK FOLDER: /r/w on the disk is the folder.
set -eu
disk=$1 folder=$2 copy=$1.copy
# paths of users without /usr/sbin
PATH=$PATH:/usr/sbin:/sbin
e2fsck -fn "$disk" > "$disk.fsck" 2>&1 || { cat "$disk.fsck"; exit 1; }
rm -rf "$copy"
mkdir "$copy"
debugfs -R "rdump /r/w $copy" "$disk" 2> "$disk.debugfs"
list() {
    cd "$1"
    find . ! -type d -printf '%y %m %n %s %l %p\n' | sort
    find . -type d -printf '%y %m %p\n' | sort
    find . -type f | sort | xargs -r cksum
}
# debugfs makes copies of a file with several names
list "$folder" | sed 's/^f \([0-7]*\) [0-9]* /f \1 1 /' > "$disk.1"
(list "$copy/w") > "$disk.2"
diff "$disk.1" "$disk.2" || { echo "the disk differs from $folder"; exit 1; }
[ "$(wc -l < "$disk.1")" -gt 3 ] # control
rm -rf "$copy" "$disk.1" "$disk.2" "$disk.fsck" "$disk.debugfs"
echo "the disk is sound and has the same files"
