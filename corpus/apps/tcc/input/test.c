#define SQUARE(x) ((x) * (x))
#define CAT(a, b) a##b
#define STR(x) #x
#if SQUARE(3) == 9
int CAT(na, me)(int x) { return SQUARE(x + 1); }
#endif
struct s { int a; double b; char c[10]; };
static const char *text = STR(hello world) __FILE__;
double f(struct s *p, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += p[i].b * p[i].a + p[i].c[i & 7];
    switch (n) { case 1: return 1; case 2: return sum; default: break; }
    return sum + text[0] + name(n);
}
