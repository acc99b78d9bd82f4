static char heap[4096], *next = heap;
static void *list[8];
extern const int CFG_HEAP_CHECK;
static void check(void) { for (int i = 0; i < 8; i++) list[i] = 0; }
void *malloc(unsigned long n)
{
    if (CFG_HEAP_CHECK)
        check();
    for (int i = 0; i < 8; i++)
        if (list[i])
            return list[i];
    next += n;
    return next - n;
}
void free(void *p)
{
    for (int i = 0; i < 8; i++)
        if (!list[i])
            list[i] = p;
}
void *realloc(void *p, unsigned long n) { free(p); return malloc(n); }
