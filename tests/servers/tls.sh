#!/bin/bash
# nginx over TLS: each client sees of both images what it sees of the program
# itself on Linux. Two machines choose different numbers; one without a source
# of random bytes does not serve.
#
# REQUIRES: long
# RUN: rm -rf %t && mkdir %t && bash %s %t 2>&1 | FileCheck %s
# CHECK: native: clients: 12
# CHECK: Protocol{{ *}}: TLSv1.2
# CHECK: Protocol{{ *}}: TLSv1.3
# CHECK: linuxu: the same
# CHECK: kvm: the same
# CHECK: session of two machines: different
# CHECK: without random bytes: not served
set -u
cd "$1"
port=8443

prepare() {
    local kind
    mkdir -p root/html root/etc
    echo root:x:0:0::/:/bin/sh > root/etc/passwd
    echo root:x:0: > root/etc/group
    echo hello > root/html/index.html
    seq 500000 > root/html/big.txt
    for kind in ec rsa:2048; do
        openssl req -x509 -newkey $kind -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
            -subj /CN=localhost -keyout root/key-${kind%:*}.pem -out root/cert-${kind%:*}.pem 2> /dev/null ||
            openssl req -x509 -newkey $kind -nodes -days 3650 \
                -subj /CN=localhost -keyout root/key-${kind%:*}.pem -out root/cert-${kind%:*}.pem 2> /dev/null
    done
    cat > root/nginx.conf <<'CONF'
daemon off; master_process off; user root root; error_log stderr crit; pid nginx.pid;
events { worker_connections 64; }
http {
    access_log off;
    ssl_certificate cert-ec.pem; ssl_certificate_key key-ec.pem;
    ssl_certificate cert-rsa.pem; ssl_certificate_key key-rsa.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:s:256k;
    client_body_temp_path /tmp; proxy_temp_path /tmp; fastcgi_temp_path /tmp;
    uwsgi_temp_path /tmp; scgi_temp_path /tmp;
    server { listen 8443 ssl; root html; }
}
CONF
    # on linuxu the files are this computer's: with --root the network would
    # be the image's own, too
    unicore-specialize -q -t kvm-x86_64 --root root --bin nginx -o out \
        --build-options --with-http_ssl_module deb:nginx &&
        unicore-specialize -q -t linuxu-x86_64 --bin nginx -o out \
            --build-options --with-http_ssl_module deb:nginx || exit
}
# the clients and servers in a network of their own
if [ "${UNICORE_NETWORK:-}" != own ]; then
    prepare
    exec unshare -rn env UNICORE_NETWORK=own bash "$0" .
fi
ip link set lo up
native=$(jq -r .native out/nginx/kvm-x86_64/report.json)

start() { # WHAT [OPTION...]
    local what=$1 command i
    shift
    case $what in
        native) command=(bash -c 'cd root && exec -a nginx "$0" "$@"' "$native") ;;
        linuxu) command=(bash -c 'cd root && exec ../out/nginx/linuxu-x86_64/image "$@"' image) ;;
        kvm) command=(unicore-run --fwd $port:$port "$@" out/nginx/kvm-x86_64/image) ;;
    esac
    "${command[@]}" -p . -c nginx.conf > console 2>&1 < /dev/null &
    server=$!
    for ((i = 0; i < ${TRIES:-100}; i++)); do
        curl -sk --max-time 5 https://127.0.0.1:$port/ > answer && break
        kill -0 $server 2> /dev/null || break
        sleep 0.2
    done
}
stop() { kill $server 2> /dev/null; wait $server 2> /dev/null; }

# what of it is the same each time
client() { timeout 60 openssl s_client -connect 127.0.0.1:$port "$@" 2>&1 |
    grep -aE '^ *(Protocol|Cipher) *:|^(New|Reused),|^Server Temp Key|^Peer sig|^Verify|alert|hello|errno' |
    sed 's/^[0-9A-F]*:error/error/'; }
get() { printf 'GET / HTTP/1.0\r\n\r\n'; sleep 1; }
clients() {
    get | client -quiet -tls1_2
    get | client -ign_eof -tls1_2
    get | client -ign_eof -tls1_3
    get | client -ign_eof -tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305
    get | client -ign_eof -tls1_3 -curves P-384
    client -tls1_1 -cipher DEFAULT@SECLEVEL=0 < /dev/null
    for version in 2 3; do
        get | client -ign_eof -tls1_$version -sess_out session > /dev/null
        get | client -ign_eof -tls1_$version -sess_in session
    done
    # asks for a renegotiation
    (sleep 0.5; echo R; sleep 1) | client -tls1_2
    curl -sk https://127.0.0.1:$port/big.txt | md5sum
    curl -sk --tls-max 1.2 -r 100000-199999 https://127.0.0.1:$port/big.txt | md5sum
    curl -sk https://127.0.0.1:$port/ https://127.0.0.1:$port/ -w '%{num_connects} %{ssl_verify_result}\n'
}
number() { client_number=$(get | timeout 20 openssl s_client -no_ticket -tls1_2 \
    -connect 127.0.0.1:$port 2> /dev/null | sed -n 's/^ *Session-ID: //p'); }

start native
clients > native
stop
echo "native: clients: $(grep -c '^    .*client\|^    c' <(declare -f clients))"
cat native
start linuxu
clients > linuxu
stop
cmp native linuxu && echo 'linuxu: the same' || diff native linuxu
start kvm
clients > kvm
number
first=$client_number
stop
cmp native kvm && echo 'kvm: the same' || diff native kvm
start kvm
number
stop
[ ${#first} = 64 ] && [ "$first" != "$client_number" ] && [ ${#client_number} = 64 ] &&
    echo 'session of two machines: different'
TRIES=10 start kvm --qemu -cpu --qemu max,-rdrand,-rdseed
curl -sk --max-time 5 https://127.0.0.1:$port/ || echo 'without random bytes: not served'
stop
exit 0 # wait's status is the killed server's
