int vfscanf(void *f, const char *format, __builtin_va_list ap)
{
    return f && *format ? __builtin_va_arg(ap, int) : -1;
}
int vfwprintf(void *f, const __WCHAR_TYPE__ *format, __builtin_va_list ap)
{
    return f && *format ? __builtin_va_arg(ap, int) : -1;
}
