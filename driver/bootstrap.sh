# SPDX-License-Identifier: BSD-2-Clause
#
# bootstrap.sh: sourced by the launchers ./unicore-specialize and ./check.
#
#   bootstrap need        packages of kind `need` are there, build/ is current
#   bootstrap need test   the test packages too
#
# Packages come from apt, by name (driver/packages). Root installs them; anybody
# else is told the one command to run. Build output is kept in build/build.log
# and shown only when the build fails.

say() { if [ -t 2 ]; then printf '\r\033[K%s' "$*" >&2; fi; }
clear_line() { if [ -t 2 ]; then printf '\r\033[K' >&2; fi; }
die() { clear_line; echo "$me: error: $*" >&2; exit "${code:-2}"; }

missing_packages() {
    local kinds=" $* " kind package
    while read -r kind package _; do
        case $kinds in *" $kind "*) ;; *) continue ;; esac
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
            grep -q 'ok installed' || printf '%s ' "$package"
    done < "$root/driver/packages"
}

install_missing() {
    local list log=$root/build/install.log
    list=$(missing_packages "$@")
    [ -n "$list" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        code=1 die "missing packages; run: sudo apt-get install --no-install-recommends $list"
    fi
    if [ -t 2 ]; then
        echo "$me: installing: $list" >&2
        apt-get update -q >&2 || die "apt-get update failed"
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
            --no-install-recommends $list >&2 || die "apt-get install failed"
    else
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install \
            -y -q --no-install-recommends $list; } > "$log" 2>&1 </dev/null ||
            { tail -5 "$log" >&2; die "apt-get failed; all of it is in $log"; }
    fi
}

build_tools() {
    local log=$root/build/build.log
    if [ ! -e "$root/build/build.ninja" ]; then
        say "$me: configuring"
        cmake -S "$root" -B "$root/build" -G Ninja \
            -DCMAKE_C_COMPILER=clang-19 > "$log" 2>&1 ||
            { tail -20 "$log" >&2; die "cmake failed; all of it is in $log"; }
    fi
    say "$me: building the tools"
    ninja -C "$root/build" > "$log" 2>&1 ||
        { grep -E 'error|FAILED' "$log" | head -20 >&2
          die "the build failed; all of it is in $log"; }
    clear_line
}

bootstrap() {
    mkdir -p "$root/build" 2>/dev/null || true
    install_missing "$@"
    if [ -w "$root/build" ]; then
        ( exec 9> "$root/build/.lock"; flock 9; build_tools ) || exit $?
    elif [ ! -x "$root/build/bin/unicore-specialize" ]; then
        code=1 die "$root/build: not writable, and nothing built there"
    fi
}
