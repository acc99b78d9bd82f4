/*
 * --casts: where function pointers of one type become others, in one file.
 * Types are those of the bitcode. The controls: what is cast to its own type,
 * a constant, a comparison.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cp %s %t/p.c && cd %t
 * RUN: UNICORE_EMIT=bitcode unicore-cc -c -o p/000.bc p.c
 * RUN: printf '%%s\0' %t unicore-cc -x c p.c -c -o p.o > p/000.command
 * RUN: unicore-scan --casts casts --program p && diff casts - < %S/Inputs/casts.expect
 * RUN: unicore-scan --casts again --program p -j 1 && cmp casts again
 */
struct s;
typedef int (*same)(int);
typedef int (*wide)(long);
typedef void (*handler)(int);
typedef void (*any)(void);
int given(int);
extern char table[];
void many(int, ...);

struct methods { wide f; };
struct alike { void (*f)(struct s *); };
union both { float (*f)(void); double (*g)(void); int tag; };

static int f(int n) { return n; }
static void sink(void *p) { (void)p; }

int main(void)
{
    same g = (same)f;
    wide w = (wide)g;
    handler h = (handler)-1;
    any a = (any)table;
    struct methods m = {w};
    void *p = given;

    sink((void *)h);
    many(1, a);
    ((struct alike *)&m)->f(0);
    return (void *)w == p;
}
