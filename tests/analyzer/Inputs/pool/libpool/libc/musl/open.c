int open(const char *path, int flags, ...) { return *path ? flags : -1; }
