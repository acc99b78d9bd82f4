# word counts, in order
{ gsub(/[^A-Za-z ]/, ""); for (i = 1; i <= NF; i++) count[tolower($i)]++ }
function max(a, b) { return a > b ? a : b }
END {
    for (w in count) { m = max(m, count[w]); n++ }
    print n, "words, most:", m
    for (w in count) if (count[w] == m) print w
    print toupper("done"), sqrt(16), int(7.9), exp(0), split("a,b,c", p, ","), p[2]
    x = "hello world"; sub(/o/, "0", x); print x, match(x, /wor/), RSTART, RLENGTH
}
