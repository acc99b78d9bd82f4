#include <math.h>
#include <stdio.h>

int main(void)
{
    for (int i = 1; i < 10; i++)
        printf("sqrt(%d) = %.6f %g %e\n", i, sqrt(i), 1.0 / i, i * 1e100);
    return 0;
}
