#!/bin/bash
# A switch that leaves knobs open, or every kind of cut out, keeps code for what an
# image has only sometimes: it links all the same, and does the same.
#
# RUN: bash %s %t
set -eu
mkdir -p "$1" && cd "$1" && rm -rf out ./*.c
cat > pair.c <<'EOF'
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t n = sizeof at;
    char byte = 0;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    int client = socket(AF_INET, SOCK_STREAM, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(server, (void *)&at, sizeof at) || listen(server, 1) ||
        getsockname(server, (void *)&at, &n) ||
        connect(client, (void *)&at, sizeof at))
        return 1;
    write(client, "x", 1);
    read(accept(server, 0, 0), &byte, 1);
    printf("got %c\n", byte);
    return 0;
}
EOF
all=$(unicore-specialize --without help | sed -n 's/^  \([a-z]*\)  .*/--without \1/p' | grep -v roles)
try() { # NAME OPTION...
    name=$1
    shift
    unicore-specialize -q -t kvm-x86_64 -o "$name" "$@" pair.c
    unicore-run -t 60 "$name/pair/kvm-x86_64/image" | grep -qx 'got x' ||
        { echo "$name: $*"; exit 1; }
}
has() { llvm-nm "$1/pair/kvm-x86_64/image.dbg" | grep -q CFG_NET_ADDRESS; }
try out
! has out || { echo "control: the knob is left"; exit 1; }
try fold --without fold
has fold || { echo "without fold: no knob is left"; exit 1; }
try knob --without NET_ADDRESS
# shellcheck disable=SC2086 # words
try all $all
