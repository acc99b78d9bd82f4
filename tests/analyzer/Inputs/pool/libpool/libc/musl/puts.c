long write(int, const void *, unsigned long);
int puts(const char *s) { return (int)write(1, s, 5); }
