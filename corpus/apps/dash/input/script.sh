# functions, loops, patterns, here documents
greet() { echo "hello $1 of $#"; }
greet world
i=0
while [ $i -lt 5 ]; do i=$((i + 1)); [ $i = 3 ] && continue; printf '%d ' $i; done; echo
for f in a "b c" d; do echo "<$f>"; done
case abc in a*) echo starts;; *) echo no;; esac
x=/usr/lib/thing.tar.gz
echo ${x##*/} ${x%.*} ${x%%.*} ${#x} ${none:-default} ${x:+set}
while read -r a b; do echo "$b-$a"; done <<END
1 one
2 two three
END
echo $(echo one; echo two) `echo back`
set -- p q r; shift; echo "$@" $#
trap 'echo leaving $?' EXIT
eval 'y=$((6 * 7))'; echo $y $((0x1f)) $((1 << 10)) $((7 % 4 - 10 / 3))
echo words* | { read l; echo "$l"; }
if test -f words && ! test -d words; then echo file; fi
type greet; command -v cd
unset x; echo "${x-unset}"
exit 3
