#!/bin/bash
# report.html in a browser: the boxes of the map sum to the image's bytes, a
# click on a function shows its chain and what goes without it, as --explain
# says it; a search lists parts; nothing is fetched, no error on the console;
# the same bytes from two runs. The controls: a page with a script error, and
# one box less.
#
# RUN: rm -rf %t && mkdir -p %t && bash %s %root %t > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: boxes: the image's bytes
# CHECK-NEXT: boxes of main and puts: 2
# CHECK-NEXT: one piece less: other bytes
# CHECK-NEXT: console: 0 lines, broken page: 1 lines
# CHECK-NEXT: requests: 0 lines, page with an image: 1 lines
# CHECK-NEXT: chain: called by hello.c:5 in main reached from main (entry point)
# CHECK-NEXT: saves: [[N:[0-9]+]] bytes less
# CHECK-NEXT: --explain: saves [[N]] bytes
# CHECK-NEXT: inlined: reached from main
# CHECK-NEXT: search: __sputc_r __swsetup_r
# CHECK-NEXT: names: <b>&"' is text
# CHECK-NEXT: two runs: same
set -u
root=$1 dir=$2
cd "$dir" || exit 2
target=kvm-x86_64
special() { unicore-specialize -q -t $target "$@" "$root/corpus/apps/hello"; }
browse() { # PAGE [FRAGMENT]: the document as it stands after its scripts
    timeout 120 chromium --headless --no-sandbox --disable-gpu \
        --user-data-dir="$dir/profile" --window-size=1400,1000 \
        --enable-logging=stderr --virtual-time-budget=5000 \
        --host-resolver-rules='MAP * ~NOTFOUND' --log-net-log="$dir/net.json" \
        --dump-dom "file://$dir/$1${2:-}" > "$dir/dom" 2> "$dir/log"
    console=$(grep -c 'CONSOLE' log)
    # the browser asks its maker for updates, which lead nowhere here
    requests=$(grep -o '"url":"[a-z]*://[^"]*' net.json |
        grep -cv 'file:\|google\|gvt1')
}
text_of() { # ID: the text in the element of that id
    python3 - "$1" <<'PY'
import html.parser, sys
class reader(html.parser.HTMLParser):
    depth, text = 0, []
    def handle_starttag(self, tag, attributes):
        if self.depth or ("id", sys.argv[1]) in attributes:
            self.depth += tag not in ("input", "meta", "br")
        if self.depth and tag == "li":
            self.text.append(" ")
    def handle_endtag(self, tag):
        self.depth -= self.depth > 0
    def handle_data(self, data):
        if self.depth:
            self.text.append(data)
r = reader()
r.feed(open("dom").read())
print(" ".join("".join(r.text).split()))
PY
}
boxes() {
    grep -o 'data-bytes="[0-9]*"' dom | tr -dc '0-9\n' |
        awk -v size="$(stat -c %s "$image")" '{ sum += $1 }
            END { print (sum == size ? "the image'\''s" : "other") " bytes" }'
}
special && cp -r out out1
page=out/hello/$target/report.html image=out/hello/$target/image

browse "$page" '#fn=puts'
said=$(text_of side) chain=$(text_of chain) saves=$(text_of saves)
echo "boxes: $(boxes)"
echo "boxes of main and puts: $(grep -o '<div class="box[^>]*>main<\|>puts<' dom |
    sort -u | wc -l)"
quiet=$console none=$requests

# The first of the pieces that are not divided: the ELF header.
sed 's/"pieces":\[\[64,[^]]*\],/"pieces":[/' "$page" > less.html
browse less.html
echo "one piece less: $(boxes)"

sed 's/^start();/start(); nosuch();/' "$page" > broken.html
browse broken.html
echo "console: $quiet lines, broken page: $console lines"
sed 's/<meta http-equiv/<img src="http:\/\/example.invalid\/x"><meta nosuch/' \
    "$page" > image.html
browse image.html
echo "requests: $none lines, page with an image: $((requests > 0)) lines"

echo "chain: $chain"
echo "saves: $saves"
echo "--explain: $(special --explain puts | grep -o 'saves [0-9]* bytes')"

browse "$page" '#fn=_puts_r'
echo "inlined: $(text_of side | grep -o 'reached from main')"
browse "$page" '#find=_s'
echo "search: $(text_of side | grep -o '__sputc_r' | head -1)" \
    "$(text_of side | grep -o '__swsetup_r' | head -1)"

# Names come from the program: they are text, not HTML.
sed 's/"puts"/"\\u003cb>\&\\"'\''"/' "$page" > names.html
browse names.html '#find=b>'
echo "names: $(text_of side | grep -o '<b>&"'\''') is text"

special
cmp out/hello/$target/report.html out1/hello/$target/report.html &&
    echo "two runs: same"
