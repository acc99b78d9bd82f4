# SPDX-License-Identifier: BSD-2-Clause
# cards.py IMAGE: streams and datagrams on bare machines, by network cards; of
# those that differ by little, one stream.
import sys

from net import Image, check, connect, echo, free_port, quit_image
from serve import data, serve

for machine, card in (("q35", "e1000"), ("q35", "e1000e"), ("pc", "e1000")):
    serve(f"{machine} {card}", sys.argv[1], "--machine", machine, "--nic", card)
for card in ("e1000-82545em", "e1000-82544gc"):
    here = ("127.0.0.1", free_port())
    image = Image(sys.argv[1], "--machine", "pc", "--nic", card,
                  "--fwd", f"{here[1]}:7")
    check(f"pc {card}", echo(connect(here), data[:5000]) and
          quit_image(here, image) == 0)
serve("dhcp", sys.argv[1], "--ip", "dhcp", "--nic", "e1000e")
