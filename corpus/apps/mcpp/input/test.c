#define CAT(a, b) a ## b
#define STR(x) #x
#define V(...) f(__VA_ARGS__)
#define REC REC + 1
CAT(ab, cd) STR(hello "w" \n) V(1, 2) REC
#if defined X && X > 3
big X
#elif 1
small
#endif
#line 100 "other.c"
__LINE__ __FILE__
/* comment */ // another
??=define Y 1
#undef CAT
CAT(1,2)
