/*
 * Functions that are only kept in fields of structures. A table whose fields
 * nobody calls through is dropped; a field that is called, by this name or
 * through a structure that begins alike, is kept; so is all that leaks.
 * The control: by type alone everything stays.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.type %s --indirect type
 * RUN: FileCheck %s --check-prefix=TYPE < %t.type/pick
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s
 * RUN: FileCheck %s < %t/pick
 */
int rand(void);
struct api { int (*f[1])(int); int (*dead)(int), (*called)(int),
             (*passed)(int), (*moved)(int), (*addressed)(int); };
struct alike { void *first[2]; int (*call)(int); };
struct box { char c[100]; int (*held)(int); };
union any { int (*u)(int); long n; };
struct holder { long pad[20]; union any any; };

static int in_array(int n) { return n; }
static int dead(int n) { return n + 1; }
static int called(int n) { return n + 2; }
static int passed(int n) { return n + 3; }
static int moved(int n) { return n + 4; }
static int addressed(int n) { return n + 5; }
static int stored(int n) { return n + 6; }
static int never(int n) { return n + 7; }
static int in_union(int n) { return n + 8; }

static struct api api = {{in_array}, dead, called, passed, moved, addressed};
static struct holder holder = {{0}, {in_union}};
static struct { long pad[40]; int (*f)(int); } unused = {{0}, never};
struct box box;

static int apply(int (*f)(int), int n) { return f(n); }
static int through(int (**f)(int), int n) { return (*f)(n); }

int main(int argc, char **argv)
{
    struct alike *other = (struct alike *)&api;
    struct box *b = &box;
    struct holder *h = argc > 3 ? &holder : (struct holder *)argv;

    b->held = argc > 1 ? api.moved : 0;
    unused.pad[argc] = 3;
    return other->call(1) + apply(api.passed, 2) + through(&api.addressed, 3) +
           b->held(4) + api.f[argc](5) + h->any.u(6);
}

void set(struct box *b)
{
    b->held = stored;
}
/*
 * TYPE: target
 * TYPE-NOT: drop {{.*}}:app
 *
 * CHECK: target
 * CHECK-NOT: drop {{called|passed|moved|addressed|in_array|in_union}}:app
 * CHECK: drop dead:app
 * CHECK-NOT: drop {{called|passed|moved|addressed|in_array|in_union}}:app
 * CHECK: drop never:app
 * CHECK-NOT: drop {{called|passed|moved|addressed|in_array|in_union}}:app
 */
