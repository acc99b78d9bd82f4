10 REM a test
20 LET a=1.5: PRINT "hello \{a}"; a
30 FOR i=1 TO 10: PRINT AT i,0; INK 2; i: NEXT i
40 IF a>1 AND i<>3 THEN GO TO 10
50 DATA 1e10,0x1f,BIN 101
