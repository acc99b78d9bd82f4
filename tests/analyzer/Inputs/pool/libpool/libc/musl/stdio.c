long write(int, const void *, unsigned long);
static void print_float(double d) { write(1, &d, sizeof d); }
int vfprintf(void *f, const char *format, __builtin_va_list ap)
{
    for (; *format; format++)
        if (*format == 'f')
            print_float(__builtin_va_arg(ap, double));
        else
            write(1, format, 1);
    return 0;
}
int printf(const char *format, ...)
{
    __builtin_va_list ap;
    int n;
    __builtin_va_start(ap, format);
    n = vfprintf(0, format, ap);
    __builtin_va_end(ap);
    return n;
}
