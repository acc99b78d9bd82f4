# SPDX-License-Identifier: BSD-2-Clause
# many.py IMAGE: many streams at once, and afterwards one more.
import resource
import sys

from net import Image, check, connect, echo, free_port, quit_image, read_all

MANY = 10000

most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
port = free_port()
here = ("127.0.0.1", port)
image = Image(sys.argv[1], "--fwd", f"{port}:7")
streams = [connect(here) for _ in range(MANY)]
for s in streams:
    s.settimeout(120)
print(f"streams: {len(streams)}", flush=True)
for turn in range(3):
    for i, s in enumerate(streams):
        s.sendall(b"%08d" % (i + turn))
    check(f"round {turn}", all(read_all(s, 8) == b"%08d" % (i + turn)
                               for i, s in enumerate(streams)))
for s in streams:
    s.close()
check("one more", echo(connect(here), bytes(range(256)) * 100))
check("exit", quit_image(here, image) == 0 and
      image.wait_for(f"most streams: {MANY}"))
