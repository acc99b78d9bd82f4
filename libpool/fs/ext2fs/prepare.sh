# SPDX-License-Identifier: BSD-2-Clause
# prepare.sh SOURCE OUT ARCH HEADER...: the headers that the build of e2fsprogs
# would make, ours, and copies of all those that fs/ext4 includes.
set -eu
source=$1 out=$2
shift 3
mkdir -p "$out/include/ext2fs" "$out/include/et" "$out/ext2fs"

# What configure finds out of a freestanding compiler and musl.
cat > "$out/include/config.h" <<'EOF'
#define HAVE_UNISTD_H 1
#define HAVE_ERRNO_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_SYS_TYPES_H 1
#define SIZEOF_INT 4
#define SIZEOF_LONG __SIZEOF_LONG__
#define SIZEOF_LONG_LONG 8
#define SIZEOF_OFF_T 8
#define SIZEOF_TIME_T 8
EOF
cat > "$out/include/ext2fs/ext2_types.h" <<'EOF'
#ifndef _EXT2_TYPES_H
#define _EXT2_TYPES_H
#include <linux/types.h>
#include <stddef.h>
#define __force
#define __bitwise
#endif
EOF
cat > "$out/include/et/com_err.h" <<'EOF'
#ifndef _COM_ERR_H
#define _COM_ERR_H
typedef long errcode_t;
#endif
EOF

# The numbers of errors, as compile_et gives them to the table `ext2`.
awk 'BEGIN { n = 2133571328 }
    $1 == "ec" { sub(",.*", "", $2); printf "#define %s (%dL)\n", $2, n++ }' \
    "$source/ext2fs/ext2_err.et.in" > "$out/include/ext2fs/ext2_err.h"
grep -q '^#define EXT2_ET_NO_MEMORY ' "$out/include/ext2fs/ext2_err.h"

for h in "$source"/ext2fs/*.h; do
    cp "$h" "$out/include/ext2fs/"
done
cp "$@" "$out/include/"
