.globl uc_entry
uc_entry: call uc_start
