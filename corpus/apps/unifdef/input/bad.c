#ifdef A
int x;
#else
#else
#endif
#endif
