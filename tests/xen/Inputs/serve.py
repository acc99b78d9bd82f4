# serve.py PORT BYTES: sends so many bytes to whoever connects; prints their sum
# (32-bit FNV-1a).
import socket
import sys
import threading

port, size = int(sys.argv[1]), int(sys.argv[2])
data = bytes((i * 31 + (i >> 8) * 17) & 255 for i in range(size))
h = 2166136261
for b in data:
    h = ((h ^ b) * 16777619) & 0xffffffff
print("%d %08x" % (size, h), flush=True)


def send(c):
    with c:
        c.sendall(data)


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", port))
s.listen(16)
while True:
    threading.Thread(target=send, args=(s.accept()[0],), daemon=True).start()
