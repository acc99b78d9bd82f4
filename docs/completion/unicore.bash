# SPDX-License-Identifier: BSD-2-Clause
# Bash completion: the options are read from each command's --help.
_unicore_target() {
    local root
    root=$(dirname "$(dirname "$(dirname "$(readlink -f "$(type -P "$1")")")")")
    ls -d "$root"/platforms/*/*/image.lds 2>/dev/null |
        sed 's|.*/platforms/\([^/]*\)/\([^/]*\)/image.lds|\1-\2|'
}

_unicore() {
    local cur=$2 prev=$3
    case $prev in
        -t|--target)
            mapfile -t COMPREPLY < <(compgen -W "all $(_unicore_target "$1")" -- "$cur")
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
    unicore-eval
