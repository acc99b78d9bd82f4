# docs/CORPUS.md is what corpus/table makes of corpus/results.tsv. A program without a
# result, one that is not as on Linux for no known cause, and a suite without a result are
# refused, each in one line; with them there is a table. What corpus/run said is taken in
# beside what is there.
#
# RUN: %root/corpus/table > %t.md
# RUN: diff %root/docs/CORPUS.md %t.md
# RUN: rm -rf %t && mkdir %t && bash %s %t %root
set -eu
cd "$1"
say() { echo "$*"; exit 1; }
mkdir -p corpus/apps/{one,two}
cp "$2/corpus/table" corpus/
git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x
echo 'run' > corpus/apps/one/app
printf 'run\nsuite make check\n' > corpus/apps/two/app
# results: lines PROGRAM WHAT RESULT BYTES
results() { tr ',' '\t' > corpus/results.tsv; }
refused() { # WORDS
    ! corpus/table > table 2> err || say "taken: $1"
    [ ! -s table ] || say "a table: $1"
    [ "$(wc -l < err)" = 1 ] && grep -qF -- "$1" err || { cat err; say "not said: $1"; }
}
all='one,kvm-x86_64,1 of 1 runs,20,c
one,linuxu-x86_64,1 of 1 runs,10,c
two,kvm-x86_64,1 of 1 runs,40,c
two,linuxu-x86_64,1 of 1 runs,30,c
two,linuxu-x86_64.suite,7 of 7 verdicts,,c'
results <<< "$all"
corpus/table > table
grep -qxF '| one |  | one |  | 1 of 1 | 10 | 1 of 1 | 20 | | |  |' table || { cat table; say "no row"; }
grep -qF '| 7 of 7 verdicts | not run |' table || say "no suite"
grep -q ' 2 programs, 0 of them .* packages, 2' table || say "counts"

grep -v one,linuxu <<< "$all" | results
refused 'one: not run on linuxu-x86_64'
echo 'no-result a day to build' >> corpus/apps/one/app
corpus/table > table
grep -qxF '| one |  | one |  | no result | | 1 of 1 | 20 | | | a day to build |' table || { cat table; say "no reason"; }
echo run > corpus/apps/one/app
sed 's/one,kvm-x86_64,1/one,kvm-x86_64,0/' <<< "$all" | results
refused 'one: 0 of 1 runs on kvm-x86_64, and its app file has no cause line'
echo 'cause-alone it starts two' >> corpus/apps/one/app
corpus/table > table
grep -qxF '| one |  | one |  | 1 of 1 | 10 | 0 of 1 | 20 | | | it starts two |' table || say "no cause"
sed 's/one,linuxu-x86_64,1/one,linuxu-x86_64,0/' <<< "$all" | results
refused 'one: 0 of 1 runs on linuxu-x86_64'
grep -v suite <<< "$all" | results
refused 'two: its suite was not run'
sed 's/7 of/6 of/' <<< "$all" | results
refused 'two: 6 of 7 verdicts of its suite'

results <<< "$all"
printf 'run\nsuite make check\nsuite-fails-alone  /a.b|exit code/ it runs s///e, and wants /dev/full\nno-suite-alone it is a shell\n' > corpus/apps/two/app
corpus/table > table
grep -qF '| suite: it runs s///e, and wants /dev/full; suite not on kvm: it is a shell |' table || { cat table; say "no reasons"; }
printf 'run\nsuite make check\n' > corpus/apps/two/app

# ---- what corpus/run said ----
results <<< "$all"
mkdir -p out/two/two/linuxu-x86_64
head -c 33 /dev/zero > out/two/two/linuxu-x86_64/image
echo '0 two linuxu-x86_64: 2 of 2 runs equal' > out/two/linuxu-x86_64.said
echo '0 two linuxu-x86_64: 8 of 8 lines equal' > out/two/linuxu-x86_64.suite
corpus/table out > table
grep -qF '| 2 of 2 | 33 | 1 of 1 | 40 | 8 of 8 lines | not run |' table || { cat table; say "not taken in"; }
[ "$(cut -f 1,2 corpus/results.tsv | uniq | wc -l)" = 5 ] || say "lines"
grep -qP "^two\tlinuxu-x86_64.suite\t8 of 8 lines\t\t$(git rev-parse --short HEAD)$" corpus/results.tsv || say "no commit"
echo '0 two bare-mips: 3 of 3 runs equal' > out/two/bare-mips.said
cp out/two/{bare-mips,kvm-arm}.said
corpus/table out > table
[ "$(tail -n 3 table)" = $'| program | bare-mips | kvm-arm |\n|---|---|---|\n| two | 3 of 3 | 3 of 3 |' ] || { cat table; say "no other target"; }
echo '1 two bare-mips: 2 of 3 runs equal' > out/two/bare-mips.said
cp corpus/results.tsv before
! corpus/table out > table 2> err || say "a difference on another target is taken"
rm out/two/{bare-mips,kvm-arm}.said
echo '1 two linuxu-x86_64: 8 of 8 verdicts equal' > out/two/linuxu-x86_64.suite
! corpus/table out > table 2> err || say "a suite with a failure of its own is taken"
grep -qF 'two: 8 of 8 verdicts, and more fails of its suite' err || { cat err; say "not said: more fails"; }
echo '2 it has no results' > out/two/kvm-x86_64.suite
rm out/two/linuxu-x86_64.suite
! corpus/table out > table 2> err || say "a suite without results is taken"
grep -qF 'two: its suite not made' err || { cat err; say "not said: no results"; }
cmp before corpus/results.tsv || say "what is refused is kept"
rm out/two/kvm-x86_64.suite
echo '2 it could not be built' > out/two/linuxu-x86_64.said
! corpus/table out > table 2> err || say "what is not made is taken"
grep -qF 'two: not made on linuxu-x86_64' err || { cat err; say "not said: not made"; }
