#!/bin/bash
# unread.sh IMAGE DIR: with both outputs read, and with readers that do not.
image=$1 dir=$2
unicore-run "$image" > "$dir/1" 2> "$dir/2" < /dev/null
echo "$?, $(wc -l < "$dir/1") and $(wc -l < "$dir/2") lines"
rm -f "$dir/fifo"
mkfifo "$dir/fifo"
sleep 60 < "$dir/fifo" &
reader=$!
exec 9> "$dir/fifo"
timeout -s KILL 40 unicore-run --timeout 4 "$image" >&9 2> /dev/null < /dev/null
echo "$? without a reader of standard output"
timeout -s KILL 40 unicore-run --timeout 4 "$image" 2>&9 > /dev/null < /dev/null
rc=$?
kill $reader
echo "$rc without a reader of standard error"
# a terminal whose other end nobody reads
python3 - "$image" <<'END'
import os, pty, subprocess, sys
ours, theirs = pty.openpty()
words = ["timeout", "-s", "KILL", "40", "unicore-run", "--timeout", "4", sys.argv[1]]
print(subprocess.run(words, stdin=subprocess.DEVNULL, stdout=theirs,
                     stderr=subprocess.DEVNULL).returncode,
      "without a reader of the terminal")
END
