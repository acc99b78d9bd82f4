#include <stdio.h>
#ifdef A
int a = 1;
#else
int a = 0;
#endif
#if defined(B) && V > 2
static int b;
#elif defined(A) || V == 3
static int c;
#endif
#ifndef UNKNOWN
/* kept */
# ifdef B
int gone;
# endif
#endif
int main(void) { return a; }
