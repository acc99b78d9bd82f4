#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# iperf3 on both targets; passes over it where Debian's mirror lacks its source.
#
# REQUIRES: long, tap
# RUN: %root/tests/servers/iperf3 %t || [ $? = 2 ]
# RUN: %root/tests/servers/iperf3 -t linuxu-x86_64 %t || [ $? = 2 ]
