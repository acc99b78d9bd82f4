 mov r0, nosuch
 foo a
 sjmp 5000
