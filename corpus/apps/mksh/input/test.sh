# arrays, arithmetic, patterns, functions, here documents, and no process
typeset -i n=0
set -A words pear apple fig
while (( n < 3 )); do
    print -r -- "$n ${words[n]} ${#words[n]}"
    (( n += 1 ))
done
function area { typeset w=$1 h=$2; print $((w * h)); }
area 6 7
name=archive.tar.gz
print ${name%%.*} ${name##*.} ${name/tar/zip} ${name:0:4}
case $name in
*.@(gz|xz)) print compressed ;;
*) print plain ;;
esac
read -r first rest <<EOF
one two three
EOF
print "$rest $first"
[[ abc == a* && 3 -lt 20 ]] && print matched
print -n "base 16: "; print $((16#ff)) $((8#17))
exit 3
