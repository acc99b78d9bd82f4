void uc_start(void *x) { (void)x; }
