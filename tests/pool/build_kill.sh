# A build that is killed leaves nothing that a later one could stumble over.
# RUN: bash %s %t
set -e
t=$1
rm -rf "$t" && mkdir -p "$t/tree/libpool/x"
echo 'headers none' > "$t/tree/libpool/x/component"
for i in $(seq 400); do
    echo "int uc_f$i(int a) { return a * $i; }" > "$t/tree/libpool/x/f$i.c"
done
export UNICORE_ROOT=$t/tree
UNICORE_CACHE=$t/whole unicore-pool -j2 pool > "$t/want"

export UNICORE_CACHE=$t/cache
for delay in 0.05 0.1 0.2 0.3; do
    unicore-pool -j2 pool > "$t/killed" &
    sleep $delay
    kill -9 $! 2>/dev/null || true
    wait $! || true
done
unicore-pool -j2 pool > "$t/got"
diff -r "$(cat "$t/want")" "$(cat "$t/got")"
test ! -e "$t/cache/tmp"

# Two at once wait for each other.
rm -rf "$t/cache"
unicore-pool -j1 pool > "$t/a" & first=$!
unicore-pool -j1 pool > "$t/b"
wait $first
diff "$t/a" "$t/b"
