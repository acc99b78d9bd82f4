int f(a, b)
    int a;
    char *b;
{
    return a + *b;
}
static void g(void) { }
long (*h(int x))(double) { return 0; }
struct s { int a; } k(struct s *p, ...) { return *p; }
