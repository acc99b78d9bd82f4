#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# crash.sh TEST: on the kinds of disks whose journals differ.
set -eu
here=$(dirname "$0")
python3 "$here/crash.py" "$1" 1 40 60 -t ext4
python3 "$here/crash.py" "$1" 2 40 60 -t ext4 -b 1024 -O ^metadata_csum
python3 "$here/crash.py" "$1" 3 40 60 -t ext3
