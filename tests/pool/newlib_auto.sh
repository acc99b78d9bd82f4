#!/bin/bash
# --libc auto: newlib where it serves and the image is smaller; musl for what
# newlib lacks, or would do otherwise.
#
# RUN: bash %s %t
set -e
mkdir -p "$1" && cd "$1" && rm -rf out *.c
expect() { # NAME LIBC: the program is on stdin
    cat > "$1.c"
    unicore-specialize -q -t linuxu-x86_64 -o out "$1.c" 2> err
    [ ! -s err ] || { cat err; exit 1; }
    grep -q "^component libpool/libc/$2 role=libc" \
        "out/$1/linuxu-x86_64/pick" || { echo "$1: not $2"; exit 1; }
}
expect number newlib <<'EOF'
#include <stdio.h>
int main(int n, char **v) { (void)v; printf("%d\n", n); return 0; }
EOF
expect positional musl <<'EOF'
#include <stdio.h>
int main(int n, char **v) { printf("%2$s %1$d\n", n, v[0]); return 0; }
EOF
expect grouped newlib <<'EOF'
#include <stdio.h>
int main(int n, char **v) { (void)v; printf("%'d\n", n); return 0; }
EOF
expect other musl <<'EOF'
#include <stdio.h>
int main(int n, char **v) { (void)v; return printf("%Id\n", n) < 0; }
EOF
expect scan newlib <<'EOF'
#include <stdio.h>
int main(void) { int a, b; return sscanf("10 20", "%d %d", &a, &b); }
EOF
expect scan_positional musl <<'EOF'
#include <stdio.h>
int main(void) { int a, b; return sscanf("10 20", "%2$d %1$d", &a, &b); }
EOF
expect wide musl <<'EOF'
#include <stdio.h>
int main(int n, char **v) { (void)v; printf("%lc\n", n + 64); return 0; }
EOF
expect handler musl <<'EOF'
#include <signal.h>
#include <stdio.h>
static void on(int n) { printf("%d\n", n); }
int main(void) { signal(SIGINT, on); return raise(SIGINT); }
EOF
expect locale musl <<'EOF'
#include <locale.h>
#include <stdio.h>
int main(void) { puts(setlocale(LC_ALL, "")); return 0; }
EOF
expect memory musl <<'EOF'
#include <stdio.h>
int main(void) { char *s; return scanf("%ms", &s); }
EOF
expect lacking musl <<'EOF'
#include <stdio.h>
#include <time.h>
int main(void) { time_t t = 0; puts(ctime(&t)); return 0; }
EOF
