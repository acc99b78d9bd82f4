BEGIN { FS = "[ ;]+"; printf "%s %d %5.2f %c|%-5s|\n", "start", 42.9, 3.14159, 65, "ab" }
{ for (i = 1; i <= NF; i++) { n[$i]++; total += $i } }
/fox/ { line[NR] = $0; gsub(/fox/, "<&>"); print NR ": " $0 }
END {
    m = 0
    for (w in n) words[++m] = w
    for (i = 2; i <= m; i++) {
        v = words[i]
        for (j = i - 1; j > 0 && words[j] > v; j--) words[j + 1] = words[j]
        words[j + 1] = v
    }
    for (i = 1; i <= m; i++) print n[words[i]], words[i]
    print total, NR, length("hello"), substr("hello", 2, 3), index("hello", "l")
    print toupper("abc"), sprintf("%08.3f", 2 / 3), split("a:b:c", parts, ":"), parts[3]
    print match("foobar", /o+/), RSTART, RLENGTH
    "nosuchvariable" in ENVIRON
    print int(-3.7), exp(1), log(10), sqrt(2), atan2(0, -1), sin(1)
    exit 3
}
