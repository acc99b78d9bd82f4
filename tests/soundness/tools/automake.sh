# What suites of Automake's kind have in common: `automake PROGRAM ARGUMENT...`
# copies the tree, puts the program in its place and prints each test's result.
automake() {
    local place=$1 trs; shift
    cp -a "$SOURCE/." .
    grep -rlF --include=Makefile "$SOURCE" . | xargs sed -i "s|$SOURCE|$PWD|g"
    rm -f "$place"
    cp "$PROGRAM" "$place"
    make -k "$@" check > log 2>&1
    find . -name '*.trs' | sort | while read -r trs; do
        echo "${trs%.trs} $(sed -n 's/^:test-result: *//p' "$trs" | tr '\n' ' ')"
    done
}
