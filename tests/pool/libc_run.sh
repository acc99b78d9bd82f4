# musl in an image does what musl on Linux does: the same program, built
# natively against the sysroot, gives the same output and exit code.
# RUN: bash %s %t %S
set -e
t=$1
rm -rf "$t" && mkdir -p "$t"
cp "$2/Inputs/libc_surface.c" "$t/surface.c"
cd "$t"
unicore-cc surface.c -o surface -lm
unicore-specialize -q --libc musl -t linuxu-x86_64,kvm-x86_64 surface

# run COMMAND...: output without unicore-run's own words, then how it ended
run() {
    local code=0
    printf 'some\ninput\n' | "$@" > words 2>&1 || code=$?
    grep -v '^unicore: ' words || true
    echo "exit $code"
}

for args in "" "one" "one two"; do
    run ./surface $args > native
    grep -q '^exit [17]' native # control: it ran
    grep -q 'warned' native
    for target in linuxu kvm; do
        run unicore-run out/surface/$target-x86_64/image $args > $target
        diff native $target
    done
done
