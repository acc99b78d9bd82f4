/*
 * What is not ISO C in a format: printf's and scanf's directives that libcs
 * read differently are facts, and those that they all know are not.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s
 * RUN: FileCheck %s --check-prefix=KNOWN < %t.0/facts
 * RUN: env CFLAGS=-DOTHER %S/Inputs/analyze.sh %t.pool %t.1 %s
 * RUN: FileCheck %s --check-prefix=OTHER < %t.1/facts
 */
int printf(const char *, ...);
int vfscanf(void *, const char *, __builtin_va_list);

static int scan(const char *format, ...)
{
    __builtin_va_list ap;
    __builtin_va_start(ap, format);
    return vfscanf(0, format, ap);
}

int main(void)
{
    printf("%% %-+ #0'12.3lld %*.*hhu %.f %5s %lc %Lg %zx %jd %ti %p %hn %m");
    scan("%%%*d%3hhd %lf%n %15[^]abc] %[]%$q]%c %p %lx %mc %*[a-z]");
#ifdef OTHER
    printf("%Id");
    printf("%q");
    printf("%qd");
    printf("%Ld");
    printf("%zs");
    printf("%hhhd");
    printf("%5%");
    printf("%*5d");
    printf("%.-1d");
    printf("100%");
    printf("%ll");
    printf("%[a]");
    printf("%d %1$*2$d");
    scan("%'d");
    scan("%-d");
    scan("%.3f");
    scan("%Ld");
    scan("%[abc");
    scan("%");
    scan("%2$d %1$d");
#endif
    return 0;
}
/*
 * KNOWN: {{^}}format_error "%%
 * KNOWN: {{^}}format_float "%%
 * KNOWN-NOT: {{^}}{{format|scan}}_{{other|positional}}
 * KNOWN: {{^}}format_wide "%%
 * KNOWN-NOT: {{^}}{{format|scan}}_{{other|positional}}
 * KNOWN: {{^}}scan_allocate "%%
 * KNOWN: {{^}}scan_float "%%
 * KNOWN-NOT: {{^}}{{format|scan}}_{{other|positional}}
 * OTHER-DAG: {{^}}format_other "%Id"
 * OTHER-DAG: {{^}}format_other "%q"
 * OTHER-DAG: {{^}}format_other "%qd"
 * OTHER-DAG: {{^}}format_other "%Ld"
 * OTHER-DAG: {{^}}format_other "%zs"
 * OTHER-DAG: {{^}}format_other "%hhhd"
 * OTHER-DAG: {{^}}format_other "%5%"
 * OTHER-DAG: {{^}}format_other "%*5d"
 * OTHER-DAG: {{^}}format_other "%.-1d"
 * OTHER-DAG: {{^}}format_other "100%"
 * OTHER-DAG: {{^}}format_other "%ll"
 * OTHER-DAG: {{^}}format_other "%[a]"
 * OTHER-DAG: {{^}}format_positional "%d %1$*2$d"
 * OTHER-DAG: {{^}}scan_other "%'d"
 * OTHER-DAG: {{^}}scan_other "%-d"
 * OTHER-DAG: {{^}}scan_other "%.3f"
 * OTHER-DAG: {{^}}scan_other "%Ld"
 * OTHER-DAG: {{^}}scan_other "%[abc"
 * OTHER-DAG: {{^}}scan_other "%"
 * OTHER-DAG: {{^}}scan_positional "%2$d %1$d"
 */
