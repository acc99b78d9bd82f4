extern char **__environ;
long uc_sys_fork(void);
long uc_syscall(long, long *);
long __syscall_ret(unsigned long r) { return (long)r; }
char *getenv(const char *n) { return n == __environ[0] ? __environ[0] : 0; }
int fork(void) { return (int)__syscall_ret((unsigned long)uc_sys_fork()); }
long syscall(long n, ...) { long a[6] = {0}; return uc_syscall(n, a); }
void qsort(void *p, unsigned long n, unsigned long size,
           int (*compare)(const void *, const void *))
{
    if (n > 1)
        compare(p, (char *)p + size);
}
