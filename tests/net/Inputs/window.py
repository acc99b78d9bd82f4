# SPDX-License-Identifier: BSD-2-Clause
# window.py IMAGE: a peer that sends on while it takes nothing: its window is
# closed for long enough that the image probes it, and what it sends, and is
# told of the image's own window, still goes.
import sys
import time

from net import HERE, THERE, Image, Tap, check, connect, read_all

SLOW, ALL = 2000000, 20000000

tap = Tap()
try:
    image = Image(sys.argv[1], "--net", f"tap={tap.name}", "--ip",
                  f"{THERE}/24:{HERE}")
    s = connect((THERE, 7))
    s.settimeout(10)
    data, sent = bytes(ALL), 0
    try:
        while sent < ALL:
            if sent < SLOW:
                time.sleep(0.2)
            sent += s.send(data[sent:sent + 65536])
    except TimeoutError:
        print(f"nothing goes after {sent} bytes")
    check("sent", sent == ALL)
    s.settimeout(60)
    check("answered", len(read_all(s, sent)) == sent)
    s.close()
    check("exit", image.finish() == 0)
finally:
    tap.close()
