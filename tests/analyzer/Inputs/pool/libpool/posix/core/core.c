void uc_files_init(void) {}
void uc_early_init(void) {}
long uc_sys_write(long fd, long p, long n) { return n; }
long uc_sys_exit(long n) { return n; }
long uc_sys_getpid(void) { return 1; }
long uc_sys_close(long fd) { return 0; }
long uc_syscall(long n, long *a)
{
    return n == 39 ? uc_sys_getpid() : n == 3 ? uc_sys_close(a[0]) : -38;
}
