# SPDX-License-Identifier: BSD-2-Clause
# Sourced by tests with an image of protect.c in out/in: what each access ends with.
protect() { # TARGET MEMORY
    local line= what
    for what in control unmap none read map data heap again many; do
        unicore-run -m "$2" "out/in/$1/image" $what > /dev/null 2> err
        line="$line $what $?"
    done
    echo "$1 $2:$line"
}
