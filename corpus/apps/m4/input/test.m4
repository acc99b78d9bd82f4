define(`loop', `ifelse(eval($1 < $2), 1, `$1 loop(incr($1), $2, $3)')')dnl
loop(0, 10)
define(`fact', `ifelse($1, 0, 1, `eval($1 * fact(decr($1)))')')dnl
fact(10) fact(5)
index(`hello', `ll') len(`hello') substr(`hello', 1, 3) translit(`hello', `a-y', `b-z')
regexp(`GNUs not Unix', `\w+$') patsubst(`a.b.c', `\.', `-')
divert(1)later
divert(0)first
undivert(1)dnl
ifdef(`NAME', NAME, `no name') format(`%05d|%x|%s', 42, 255, text)
pushdef(`x', 1)pushdef(`x', 2)x popdef(`x')x
define(`list', ``a', `b', `c'')shift(list) $# eval(`2 ** 20 % 7') eval(255, 16, 4)
changequote([, ])define([y], [quoted])y
