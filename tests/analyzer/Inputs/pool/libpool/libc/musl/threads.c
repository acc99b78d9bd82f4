long uc_sys_set_tid_address(long);
void start_threads(void) { uc_sys_set_tid_address(0); }
