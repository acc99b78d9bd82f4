#!/bin/sh
# prepare.sh SOURCE OUT ARCH SYS.DEF
# Headers that musl generates, and our small changes to its sources. Into OUT:
#
#   include/         what programs see
#   internal/bits/   the system calls for musl itself, by name: SYS_read is
#                    `sys_read`, an enum constant, so that #ifdef SYS_read,
#                    comparing and pasting uc_##n all work
#   src/             edited copies; an edit that changes nothing is an error
set -e
src=$1 out=$2 arch=$3 calls=$4

# edit FILE SED-EXPRESSION...: changes a copy of a source, made if missing
edit() {
    file=$1
    shift
    mkdir -p "$out/$(dirname "$file")"
    [ -f "$out/$file" ] || cp "$src/$file" "$out/$file"
    for e; do
        sed -e "$e" "$out/$file" > "$out/edited"
        if cmp -s "$out/edited" "$out/$file"; then
            echo "prepare.sh: $file: no match for $e" >&2
            exit 1
        fi
        mv "$out/edited" "$out/$file"
    done
}

# ---- headers ----

mkdir -p "$out/include/bits" "$out/internal/bits" "$out/src/internal"
cp -r "$src/include/." "$out/include"
rm "$out/include/alltypes.h.in"
cp "$src/arch/generic/bits/"*.h "$out/include/bits"
cp "$src/arch/$arch/bits/"*.h "$out/include/bits"
sed -f "$src/tools/mkalltypes.sed" "$src/arch/$arch/bits/alltypes.h.in" \
    "$src/include/alltypes.h.in" > "$out/include/bits/alltypes.h"
numbers=$src/arch/$arch/bits/syscall.h.in
{
    cat "$numbers"
    sed -n 's/__NR_/SYS_/p' "$numbers"
} > "$out/include/bits/syscall.h"
printf '#define VERSION "%s"\n' "$(cat "$src/VERSION")" \
    > "$out/src/internal/version.h"

# ---- system calls ----

# name, value of each number; uc/sys.def has the count of arguments
sed -n 's/^#define __NR_\([a-z0-9_]*\)\(.*\)/\1 \2/p' "$numbers" \
    > "$out/numbers"
grep -q '^fork ' "$out/numbers" || echo 'fork -1' >> "$out/numbers"
grep -q '^_llseek ' "$out/numbers" && wide=0 || wide=1
sed -n -e '/^#if __SIZEOF_POINTER__ == 4$/,/^#endif$/{/^#/p}' \
    -e 's/^SYS[A-Z_0-9]*(\([0-7]\), \([a-z0-9_]*\)).*/\2 \1/p' "$calls" |
    awk -v wide=$wide '/^#if/ { off = wide } /^#else/ { off = !wide }
        /^#endif/ { off = 0 } !/^#/ && !off' > "$out/counts"
awk 'NR == FNR { count[$1] = $2; next }
    {
        n = $1 in count ? count[$1] : 6
        print "#define SYS_" $1 " sys_" $1
        print "#define UC_COUNT_sys_" $1 " " n
        types = n ? "long" : "void"
        for (i = 1; i < n; i++)
            types = types ", long"
        print "long uc_sys_" $1 "(" types ");"
        name = $1
        if (!(name in count))
            print "enum { uc_waits_sys_" name " = 0 };"
        $1 = ""
        gsub(/__NR_/, "sys_")
        print "enum { sys_" name " =" $0 " };"
    }' "$out/counts" "$out/numbers" > "$out/internal/bits/syscall.h"
rm "$out/counts" "$out/numbers"

# no instructions and no vDSO
edit arch/$arch/syscall_arch.h \
    '/^static .*inline/,/^}/d; s/^#define VDSO_[^*]*//'

edit src/internal/syscall.h \
    '/^#define __syscall[1-7](n/d' '/^#define __syscall_cp[0-6](n/d' \
    '/^#define __syscall(/d' '/^#define __syscall_cp(/d' \
    '/^static inline long __alt_socketcall/,/^}/d' \
    '/^#define __socketcall/,/(long)(f))$/d' \
    's/^hidden void __procfdname/#include "uc_syscall.h"\n\n&/'

# the call returns two values there, and not in memory
[ "$arch" != mips ] || edit src/unistd/pipe.c 's/^#ifdef SYS_pipe/#if 0/'

# ---- one thread ----

knob='extern const int CFG_THREADS;'
edit src/internal/stdio_impl.h \
    "s/^#define UNGET/$knob\n&/" \
    's/((f)->lock>=0 ?/(CFG_THREADS \&\& (f)->lock>=0 ?/'
edit src/stdio/__lockfile.c \
    's/^	int owner = .*/	if (!CFG_THREADS) return 0;\n&/'
# Nobody writes the time zones while they are read: a copy needs less code.
edit src/time/__map_file.c 's/MAP_SHARED/MAP_PRIVATE/'
edit src/stdio/getc.h 's/if (l < 0/if (!CFG_THREADS || l < 0/'
edit src/stdio/putc.h 's/if (l < 0/if (!CFG_THREADS || l < 0/'
edit src/internal/lock.h "s/^hidden void __lock/$knob\n&/" \
    's/__lock(x)$/(CFG_THREADS ? __lock(x) : (void)0)/' \
    's/__unlock(x)$/(CFG_THREADS ? __unlock(x) : (void)0)/'
# its block has a fixed address, and needs no thread pointer
edit src/internal/pthread_impl.h \
    "\$s/^#endif/$knob\nextern struct __pthread uc_main_thread;\n&/" \
    's/^\(#define __pthread_self()\) \(.*\)/\1 \\\
	(CFG_THREADS ? \2 : \&uc_main_thread)/'
# the block's thread id is only an owner's mark; signals need the true one
edit src/signal/raise.c 's/__pthread_self()->tid/__syscall(SYS_gettid)/'
edit src/exit/abort.c 's/__pthread_self()->tid/__syscall(SYS_gettid)/'
edit src/linux/gettid.c 's/__pthread_self()->tid/__syscall(SYS_gettid)/' \
    's/^#include "pthread_impl.h"/&\n#include "syscall.h"/'
# its block has no pointers to itself: they would keep all of it alive
edit src/thread/pthread_create.c "s/^static void dummy_0/$knob\n&/" \
    's/if (self->next == self)/if (!CFG_THREADS || self->next == self)/'
edit src/thread/pthread_mutex_trylock.c "s/^int __pthread_mutex_t.*owner/$knob\n\n&/" \
    's/^	volatile void \*next = /	if (!CFG_THREADS)\
		return 0;\
	if (!self->robust_list.head)\
		self->robust_list.head = \&self->robust_list.head;\n&/'
edit src/thread/pthread_mutex_unlock.c "s/^int __pthread/$knob\n\n&/" \
    's/^		if (!priv) {/		if (!CFG_THREADS) {\
			m->_m_lock = new;\
			return 0;\
		}\n&/' \
    's/if (waiters || cont<0)/if (CFG_THREADS \&\& (waiters || cont<0))/'
# nobody else will unlock it: an error, or a wait for the time given
edit src/thread/pthread_mutex_timedlock.c \
    "s/^int __pthread_mutex_timedlock/$knob\n\n&/" \
    's/^	if (type&8) return pthread/	if (!CFG_THREADS) {\
		if ((type\&3) == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;\
		do r = __timedwait(\&(int){0}, 0, CLOCK_REALTIME, at, 1);\
		while (r != ETIMEDOUT);\
		return r;\
	}\n&/'
edit src/thread/pthread_key_create.c "s/^static void (\*keys/$knob\n\n&/" \
    's/while ((td=td->next)!=self)/while (CFG_THREADS \&\& (td=td->next)!=self)/'
edit src/linux/membarrier.c "s/^static sem_t/$knob\n&/" \
    's/^	if (r && cmd ==/	if (CFG_THREADS \&\& r \&\& cmd ==/'

# ---- processes ----

# a newer table has clone alone, but there is a function uc_sys_fork
edit src/process/_Fork.c 's/^#ifdef SYS_fork/#if 1/'
edit src/process/vfork.c 's/^#ifdef SYS_fork/#if 1/'

edit src/process/posix_spawn.c \
    's/__clone(child, stack+sizeof stack,/uc_spawn(child, \&args);/' \
    '/^		CLONE_VM|CLONE_VFORK|SIGCHLD, &args);$/d' \
    's/^struct args {/int uc_spawn(int (*)(void *), void *);\n\n&/'

# ---- what keeps unused things alive ----

# which streams exist is known once linked: constants, not volatile pointers
edit src/internal/stdio_impl.h \
    's/FILE \*volatile __std/FILE *const __std/'
for f in stdin stdout stderr; do
    edit src/stdio/$f.c 's/FILE \*volatile __std/FILE *const __std/'
done
edit src/stdio/__stdio_exit.c 's/FILE \*volatile dummy/FILE *const dummy/'
edit src/thread/pthread_create.c 's/FILE \*volatile dummy/FILE *const dummy/'
edit src/stdio/fflush.c 's/FILE \*volatile dummy/FILE *const dummy/'
# a pointer in a global is a root to the optimiser: numbers can be dropped
edit src/internal/libc.h 's/^	size_t \*auxv;$//' \
    's/^extern hidden struct __libc/extern hidden uintptr_t uc_auxv;\n&/' \
    's/^#include <stdlib.h>/#include <stdint.h>\n&/'
for f in misc/getauxval ldso/dl_iterate_phdr thread/pthread_getattr_np; do
    edit src/$f.c 's/libc\.auxv/((size_t *)uc_auxv)/g'
done
# parts of formats that a manifest can cut are functions of their own
edit src/stdio/vfprintf.c \
    's/^static int printf_core(/static char *fmt_error(int e)\n{\
	return strerror(e);\n}\n\n&/' \
    's/a = strerror(errno)/a = fmt_error(errno)/'
fp='static long double scan_fp(FILE *f, int prec, int pok)\n{\n'
fp="$fp"'	return __floatscan(f, prec, pok);\n}\n'
edit src/stdio/vfscanf.c "s/^#define SIZE_hh/$fp\n&/" \
    's/y = __floatscan(/y = scan_fp(/'

# ---- what formats ask for ----

# The first pass over a format is there for numbered arguments, and to find
# what is wrong with it before anything is printed.
knob='extern const int CFG_FORMAT_POSITIONAL, CFG_FORMAT_OTHER, CFG_FORMAT_WIDE;'
knob="$knob"'\n#define CHECKED (CFG_FORMAT_POSITIONAL || CFG_FORMAT_OTHER)'
edit src/stdio/vfprintf.c "s/^enum {/$knob\n\n&/" \
    "s/if (isdigit(s\\[\\([12]\\)]) && s/if (CFG_FORMAT_POSITIONAL \\&\\& isdigit(s[\\1]) \\&\\& s/" \
    's/^	if (printf_core(0,/	if (CHECKED \&\& printf_core(0,/' \
    's/if (f) out(f, a, l)/if (!CHECKED || f) out(f, a, l)/' \
    's/? va_arg(\*ap, int) : 0/|| !CHECKED &/' \
    's/else if (f) pop_arg/else if (!CHECKED || f) pop_arg/' \
    's/^		if (!f) continue;/		if (CHECKED \&\& !f) continue;/' \
    's/^	if (f) return cnt;/	if (!CHECKED || f) return cnt;/' \
    "s/^		case '[CS]':/&\n			if (!CFG_FORMAT_WIDE) goto inval;/"
knob='extern const int CFG_SCAN_POSITIONAL, CFG_SCAN_ALLOCATE, CFG_SCAN_WIDE;'
edit src/stdio/vfscanf.c "s/^#define SIZE_hh/$knob\n\n&/" \
    's/else if (isdigit(\*p)/else if (CFG_SCAN_POSITIONAL \&\& isdigit(*p)/' \
    's/alloc = !!dest/alloc = CFG_SCAN_ALLOCATE \&\& dest/' \
    's/if (size == SIZE_l)/if (CFG_SCAN_WIDE \&\& size == SIZE_l)/'

# ---- one locale ----

# Without a call that selects another, C is what every thread has.
knob='extern const int CFG_LOCALE;'
edit src/internal/locale_impl.h "s/^#define LCTRANS(/$knob\n\n&/" \
    's/__lctrans(msg, (loc)->cat\[(lc)\])$/(CFG_LOCALE ? & : (msg))/' \
    's/__lctrans_cur(msg)$/(CFG_LOCALE ? & : (msg))/' \
    's/(!!__pthread_self()->locale->cat\[LC_CTYPE\])/(CFG_LOCALE \&\& &)/'
