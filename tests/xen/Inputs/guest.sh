# SPDX-License-Identifier: BSD-2-Clause
# guest.sh: what tests of guests say to their host. Sourced.

say() { echo "== $*"; }
wait_for() { # TEXT FILE
    for _ in $(seq 400); do
        ! grep -qs "$1" "$2" || return 0
        sleep 0.1
    done
}
# For the host's shell: until the guest's device is connected.
up='until [ "$(xenstore-read /local/domain/1/device/KIND/state)" = 4 ]; do sleep 0.2; done; sleep 1;'
net=${up/KIND/vif\/0} disk=${up/KIND/vbd\/51712}
