/*
 * Formats through a wrapper, a choice and a table: only a float conversion that
 * can reach printf sets format_float; an unknown format sets everything.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s
 * RUN: FileCheck %s --check-prefix=PLAIN < %t.0/pick
 * RUN: env CFLAGS=-DFLOAT %S/Inputs/analyze.sh %t.pool %t.1 %s
 * RUN: FileCheck %s --check-prefix=FLOAT < %t.1/facts
 * RUN: FileCheck %s --check-prefix=KEPT < %t.1/pick
 * RUN: env CFLAGS=-DUNKNOWN %S/Inputs/analyze.sh %t.pool %t.2 %s
 * RUN: FileCheck %s --check-prefix=UNKNOWN < %t.2/facts
 */
int vfprintf(void *, const char *, __builtin_va_list);
static const char *const table[] = {"%d\n", "%-5s|", "%%f %[f"
#ifdef FLOAT
    , "%+08.3Lg"
#endif
};

static int say(const char *format, ...)
{
    __builtin_va_list ap;
    __builtin_va_start(ap, format);
    return vfprintf(0, format, ap);
}

int main(int argc, char **argv)
{
    say(argc > 1 ? "%x" : "%lld");
#ifdef UNKNOWN
    say(argv[1]);
#endif
    return say(table[argc], 1);
}
/*
 * PLAIN: cut print_float:libpool/libc/musl/stdio format_float
 * FLOAT-NOT: {{^}}format_wide
 * FLOAT: {{^}}format_float "%+08.3Lg"
 * FLOAT-NEXT: >>> called by format.c:{{[0-9]+}} in main
 * FLOAT-NOT: {{^}}format_wide
 * KEPT: target
 * KEPT-NOT: cut
 * UNKNOWN: {{^}}format_float{{$}}
 * UNKNOWN-NEXT: >>> called by format.c:{{[0-9]+}} in main
 * UNKNOWN: {{^}}format_wide{{$}}
 */
