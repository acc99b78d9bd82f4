extern const int CFG_THREADS, CFG_ENV;
void uc_init(void);
void uc_ctors(void);
int main(int, char **, char **);
_Noreturn void exit(int);
void start_threads(void);
char **__environ;

void uc_start(long *sp)
{
    __environ = (char **)(sp + 2);
    if (CFG_THREADS)
        start_threads();
    uc_init();
    uc_ctors();
    exit(main((int)*sp, (char **)(sp + 1), (char **)(sp + 2)));
}
