# cmake -DIN=FILE -DOUT=FILE -P embed.cmake: a file as the bytes of a C array.
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REPEAT "....." 15 line)
string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "${bytes}\n")
