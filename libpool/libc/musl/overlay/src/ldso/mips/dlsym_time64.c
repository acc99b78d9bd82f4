/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dlsym_time64.c: what dlsym is called where time_t has grown. musl's is
 * position independent, for a caller that is not asked after in an image.
 */
void *__dlsym(void *restrict, const char *restrict, void *restrict);
void *__dlsym_time64(void *restrict p, const char *restrict s);

void *__dlsym_time64(void *restrict p, const char *restrict s)
{
    return __dlsym(p, s, 0);
}
