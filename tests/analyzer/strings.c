/*
 * Strings inside of tables and structures: where an address points, in bytes,
 * whatever type its index counts; what cannot be read is not known.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.0 %s
 * RUN: FileCheck %s --check-prefix=WHOLE < %t.0/facts
 * RUN: env CFLAGS=-DREAL %S/Inputs/analyze.sh %t.pool %t.1 %s
 * RUN: FileCheck %s --check-prefix=REAL < %t.1/facts
 * RUN: env CFLAGS=-DOPEN %S/Inputs/analyze.sh %t.pool %t.2 %s
 * RUN: FileCheck %s --check-prefix=OPEN < %t.2/facts
 */
typedef __WCHAR_TYPE__ wchar;
int printf(const char *, ...);
int open(const char *, int, ...);
int vfwprintf(void *, const wchar *, __builtin_va_list);

static const char rows[2][3][8] = {{"%f", "%d", "%u"}, {"%a", "%x", "%.1e"}};
static const struct {
    long number;
    char first[3], second[8];
    struct {
        short pad;
        char text[6];
    } inner[2];
} fields = {1, "%g", "%i", {{2, "%G"}, {3, "%c"}}};
static const long long bytes[2] = {0x6425, 0x4525}; /* %d, %E */
static const char eights[24] = "%o %F%g\0%A";
static const char paths[3][16] = {"/etc/a", "/etc/b"};
static const char endless[2][2] = {"%F", "%X"};

static int wide(const wchar *format, ...)
{
    __builtin_va_list ap;
    __builtin_va_start(ap, format);
    return vfwprintf(0, format, ap);
}

int main(void)
{
    printf(rows[0][1]);
    printf(rows[1][1]);
    printf(rows[1][2] + 4);
    printf(fields.second);
    printf(fields.inner[1].text);
    printf(eights + 8 + 2);
    wide(L"%f%d" + 2);
    open(paths[1], 0);
    open(paths[2], 0);
    open(paths[1] + 5, 1);
#ifdef REAL
    printf(rows[0][0]);
    printf(rows[1][2]);
    printf(fields.first);
    printf(fields.inner[0].text);
    printf((const char *)((const long *)eights + 1));
    wide(L"%d%.7f" + 2);
#endif
#ifdef OPEN
    printf((const char *)(bytes + 1));
    printf(endless[1]);
#endif
    return 0;
}
/*
 * WHOLE-NOT: {{^}}format_
 * WHOLE: {{^}}opens  rdonly{{$}}
 * WHOLE: {{^}}opens /etc/b rdonly
 * WHOLE: {{^}}opens b write
 * WHOLE-NOT: {{^}}format_
 * REAL-NOT: {{^}}format_
 * REAL-DAG: {{^}}format_float "%.1e"
 * REAL-DAG: {{^}}format_float "%.7f"
 * REAL-DAG: {{^}}format_float "%A"
 * REAL-DAG: {{^}}format_float "%G"
 * REAL-DAG: {{^}}format_float "%f"
 * REAL-DAG: {{^}}format_float "%g"
 * REAL-NOT: {{^}}format_
 * OPEN: {{^}}format_float{{$}}
 * OPEN-NEXT: >>> called by strings.c:[[#]] in main
 */
