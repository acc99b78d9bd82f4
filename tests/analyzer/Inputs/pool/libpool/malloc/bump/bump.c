static char heap[4096], *next = heap;
void *malloc(unsigned long n) { next += n; return next - n; }
void free(void *p) {}
void *realloc(void *p, unsigned long n) { return malloc(n); }
