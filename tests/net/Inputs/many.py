# SPDX-License-Identifier: BSD-2-Clause
# many.py IMAGE: many streams at once, and afterwards one more.
import resource
import sys

from net import HERE, THERE, Image, Tap, check, connect, echo, quit_image
from net import read_all

MANY = 10000

most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
tap = Tap()
here = (THERE, 7)
image = Image(sys.argv[1], "--net", f"tap={tap.name}", "--ip",
              f"{THERE}/24:{HERE}")
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
tap.close()
