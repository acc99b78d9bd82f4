#if 1 +
#endif
#define
#include "none.h"
#else
#if 1
