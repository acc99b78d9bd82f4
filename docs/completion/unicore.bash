# SPDX-License-Identifier: BSD-2-Clause
# Bash completion: the options are read from each command's --help.
# The targets are in what it says of one that there is not.
_unicore_target() {
    unicore-specialize -t none x 2>&1 | sed -n 's/.*there are://p'
}

_unicore() {
    local cur=$2 prev=$3
    case $prev in
        -t|--target)
            mapfile -t COMPREPLY < <(compgen -W "all $(_unicore_target)" -- "$cur")
            return ;;
        --libc)
            mapfile -t COMPREPLY < <(compgen -W "auto musl newlib" -- "$cur")
            return ;;
    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W \
            "$("$1" --help | grep -oE -- '(^| )--?[a-z][a-z-]*')" -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    fi
}
complete -o filenames -F _unicore unicore-specialize unicore-run unicore-pool \
    unicore-eval unicore-batch
