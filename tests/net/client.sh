#!/bin/bash
# A program that connects to others: by address and by name, blocking and not;
# to where nobody is; and names that nobody knows.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK:      microvm
# CHECK-NEXT: got a line
# CHECK-NEXT: nobody: Connection refused
# CHECK-NEXT: got a line
# CHECK-NEXT: nobody: Connection refused
# CHECK-NEXT: status 0
# CHECK-NEXT: q35
# CHECK-NEXT: got a line
# CHECK-NEXT: nobody: Connection refused
# CHECK-NEXT: got a line
# CHECK-NEXT: nobody: Connection refused
# CHECK-NEXT: status 0
# CHECK-NEXT: connect: Connection refused
# CHECK-NEXT: no network: connect: Network unreachable
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/client.c"
image=out/client/kvm-x86_64/image
cat > server.py <<'PY'
import socket, sys

l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen(5)
print(l.getsockname()[1], flush=True)
while True:
    c, _ = l.accept()
    data = b""
    while part := c.recv(100):
        data += part
    c.sendall(b"got " + data)
    c.close()
PY
exec 3< <(exec python3 server.py)
server=$!
read -r port <&3
for m in microvm q35; do
    echo "$m"
    unicore-run -t 60 --machine $m $image 10.0.2.2 "$port" 9
    echo "status $?"
done
unicore-run -t 60 $image localhost 9
echo "no network: $(unicore-run -t 60 --net none $image 10.0.2.2 "$port" 2>&1)"
kill "$server"
