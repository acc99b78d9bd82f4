#include "h.h"
H(1)
#include "h.h"
