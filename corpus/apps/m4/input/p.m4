m4_define(`a', `b')a m4_eval(1+2) eval(1)
