# page.jq: the tables of eval/page, as HTML.

# 1234567 -> "1,234,567"
def thousands: if . == null then "–" else round | tostring |
    [while(length > 0; .[:-3]) | .[-3:]] | reverse | join(",") end;
def places($d): if . == null then "–" else
    (. * pow(10; $d) | round | tostring) as $s |
    (if $s[:1] == "-" then {s: "-", d: $s[1:]} else {s: "", d: $s} end) |
    if $d == 0 then .s + .d else
        .s + ((("0" * ($d + 1 - (.d | length) | if . > 0 then . else 0 end)) // "") + .d |
            .[:-$d] + "." + .[-$d:]) end end;
def percent: if . == null then "–" else "\(round) %" end;
def quantile($q): sort | if length == 0 then null else .[((length - 1) * $q + 0.5) | floor] end;
def median: sort | if length == 0 then null else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;

def row(cells): "<tr>" + ([cells] | map("<td>\(. // "–")") | join("")) + "</tr>";
def table(head; rows): "<div class=wide><table><thead><tr>" + ([head] | map("<th>\(.)") | join("")) +
    "</tr></thead><tbody>" + ([rows] | join("\n")) + "</tbody></table></div>";
def list(items): "<ul>" + ([items] | map("<li>\(.)") | join("\n")) + "</ul>";
def interval($d): "\(.median // .value | places($d)) <small>(\(.low | places($d)) to \(.high | places($d)))</small>";
def thousands_interval: "\(.median | thousands)" +
    if .low == .high then "" else " <small>(\(.low | thousands) to \(.high | thousands))</small>" end;

# ---- of a survey: an element of .targets ----

def sizes: table("target", "programs", "smallest", "a quarter", "half", "three quarters", "largest";
    .targets[] | [.programs[].bytes] as $b |
    row(.target, ($b | length), ($b | min, quantile(0.25), quantile(0.5), quantile(0.75), max | thousands)));

def shares: table("target", "program", "libc", "system", "headers, padding";
    .targets[] | .programs as $p |
    row(.target, (["app_bytes", "libc_bytes", "system_bytes", "other_bytes"][] as $k |
        [$p[] | 100 * .[$k] / .bytes] | median | percent)));

def components: [.targets[] | .target as $t | (.programs | length) as $n | .components[] |
        {name, target: $t, share: (100 * .programs / $n)}] as $all |
    [.targets[].target] as $targets |
    table("component", $targets[];
        [$all[].name] | unique | map(. as $c | {name: $c,
            shares: [$targets[] as $t | first($all[] | select(.name == $c and .target == $t) | .share) // null]}) |
        sort_by(-(.shares | map(. // 0) | max))[] | row(.name, (.shares[] | percent)));

def classes($key): table("class", "target", "programs", "bytes", "system", "libc", "system calls";
    .targets[] | .target as $t | .[$key][] |
    row(.class, $t, .programs, (.bytes | thousands_interval), (.system_bytes | thousands_interval),
        (.libc_bytes.median | thousands), (.syscalls.median | thousands)));

def enough: table("enough for", "target", "system calls", "functions of libc";
    .targets[] | .target as $t | . as $s | ("50", "80", "95", "100") |
    row("\(.) % of the programs", $t, $s.syscalls_enough[.], $s.libc_enough[.]));

# The names that are enough for a share of the programs.
def names($what; $share): .targets[0] | .["\($what)_enough"][$share] as $n |
    .[$what][:$n] | map(.name) | join(", ");

def predictors($key): table("figure", "target", "n", "Spearman", "slope", "R²";
    .targets[] | .target as $t | .[$key] | sort_by(-.spearman.value)[] |
    row(.name, $t, .n, (.spearman, .slope, .r2 | interval(2))));

# ---- what runs show ----

def observed: .targets[] | select(any(.programs[]; .measured.observed)) | .target as $t |
    [.programs[] | select(.measured.observed)] as $p |
    {target: $t, n: ($p | length),
     calls: [$p[] | select(.syscalls | length > 0) | 100 * (.calls_seen | length) / (.syscalls | length)],
     functions: [$p[].measured.observed | 100 * .functions_run / .functions],
     code: [$p[].measured.observed | 100 * .code_run / .code],
     elsewhere: ([$p[].calls_elsewhere[]] | unique)};
def excess: table("target", "programs", "", "least", "half of them", "most";
    observed as $o | ({k: "calls", s: "system calls seen, of those kept"}, {k: "functions", s: "functions run, of those kept"},
        {k: "code", s: "bytes of code run, of those kept"}) |
    row($o.target, $o.n, .s, ($o[.k] | min, median, max | percent)));

def measured: table("target", "", "programs", "least", "half of them", "most";
    .targets[] | .target as $t | .programs as $p |
    ({k: "to_output", s: "instructions to the first output"}, {k: "to_exit", s: "instructions to the exit"}, {k: "min_kib", s: "least memory, KiB"}) |
    . as $m | [$p[].measured | select(. != null) | .[$m.k] | select(. != null)] | select(length > 0) |
    row($t, $m.s, length, (min, median, max | thousands)));

# ---- experiments ----

def value($m): .[$m] | if type == "object" then .median else . end;
def baselines: . as $root | [.samples[].variant] as $v | ($v | unique - ["baseline"]) as $kinds |
    table("program", "image", ($kinds[] | sub("^against "; ""));
    [.samples[].program] | unique[] as $p | [$root.samples[] | select(.program == $p)] as $s |
    ($s[] | select(.variant == "baseline")) as $b |
    row($p, ($b.bytes | thousands), ($kinds[] as $k | first($s[] | select(.variant == $k)) // {} |
        if .bytes and .result != "failed" then "\(.bytes | thousands) <small>×\(.bytes / $b.bytes | places(1))</small>"
        else "–" end)));
def failures: [.samples[] | select(.result == "failed" or .result == "none")] | select(length > 0) |
    list(.[] | "\(.program), \(.variant): \(.why // "does not run" | @html)");
def guests: . as $root | table("program", "image: instructions", "Linux: instructions", "ratio", "image: KiB", "Linux: KiB", "ratio", "image: bytes", "Linux: bytes", "ratio";
    [.samples[] | select(.variant == "against linux" and .bytes and .result != "failed")][] as $l |
    first($root.samples[] | select(.variant == "baseline" and .program == $l.program and .target == $l.target)) as $b |
    row($l.program, (("to_output", "min_kib", "bytes") as $m |
        ($b[$m] | thousands), ($l[$m] | thousands), (if $b[$m] and $l[$m] then $l[$m] / $b[$m] | thousands | "×\(.)" else "–" end))));
def stages: table("program", "target", "capture", "analysis", "link", "all but capture";
    .samples[] | row(.program, .target, ((.capture_seconds, .analysis_seconds, .link_seconds, .cpu_seconds) |
        if . then interval(2) else "–" end)));
def costs: . as $all | ([.samples[].variant] | unique - ["baseline"]) as $kinds | ([.samples[] | {program, target}] | unique) as $s |
    table("variant", ($s[] | "\(.program)<br><small>\(.target)</small>");
    $kinds[] as $k | row($k, ($s[] as $x |
        first($all.samples[] | select(.program == $x.program and .target == $x.target and .variant == "baseline")) as $b |
        first($all.samples[] | select(.program == $x.program and .target == $x.target and .variant == $k)) // {} |
        if .result == "same" then "=" elif .bytes then 100 * (.bytes / $b.bytes - 1) | "\(places(1)) %" else "–" end)));
def parts_table: ["bytes_program", "bytes_libc", "bytes_pool", "bytes_platform", "bytes_init", "bytes_late", "bytes_outlined", "bytes_headers", "bytes_note", "bytes_padding", "bytes_other"] as $k |
    table("program", ($k[] | .[6:]), "sum", "file";
    .samples[] | select(.variant == "baseline" and .bytes) | row(.program, (.[$k[]] | thousands), ([.[$k[]]] | add | thousands), (.bytes | thousands)));

# ---- a row for each program ----

def programs: "<div class=wide><table class=programs><thead><tr>" + (["program", "class", "section", "bytes", "program", "libc", "system", "functions", "system calls", "KiB", "to output", "CPU s"] | map("<th>\(.)") | join("")) + "</tr></thead><tbody>" +
    (.programs | sort_by(.bytes) | map(
        "<tr><td><details><summary>\(.app | @html)</summary>" +
        "<p>System calls: \(.syscalls | sort | join(", ") | @html).<p>Why each component and fact is there, from it to what the program does:<dl>" +
        (.reasons | to_entries | map("<dt>\(.key | @html)<dd>\(.value | if . == "" then "the program" else . end | @html)") | join("")) +
        "</dl></details>" +
        "<td>\(.class)<td>\(.section)<td>\(.bytes | thousands)<td>\(.app_bytes | thousands)<td>\(.libc_bytes | thousands)<td>\(.system_bytes | thousands)<td>\(.functions | thousands)<td>\(.syscalls | length)<td>\(.measured.min_kib | thousands)<td>\(.measured.to_output | thousands)<td>\(.specialize_seconds | places(2))</tr>") | join("\n")) + "</tbody></table></div>";
def origin: .origin | to_entries | map(select(.value != null)) |
    list(.[] | "\(.key): \(.value | if type == "object" then to_entries | map("\(.key) \(.value)") | join(", ") else . end | tostring | @html)");

# ---- answers: a sentence for each question ----

def answer(words): "<p class=answer><b>Answer.</b> " + ([words] | join(" ")) + "</p>";
def answer_sizes: answer(.targets[] | [.programs[].bytes] as $b |
    "\(.target): half of the images have at most \($b | median | thousands) bytes, nine of ten at most \($b | quantile(0.9) | thousands); \([.programs[] | 100 * .system_bytes / .bytes] | median | percent) of an image is the system (median).");
def answer_components: answer(.targets[] | (.programs | length) as $n | [.components[] | 100 * .programs / $n] as $s |
    "\(.target): of \($s | length) components that any image has, \([$s[] | select(. >= 95)] | length) are in at least 95 % of the images, \([$s[] | select(. >= 80)] | length) in 80 %, \([$s[] | select(. >= 50)] | length) in 50 %; half of the programs need at most \([.programs[].parts | length] | median | places(0)).");
def answer_classes: answer(.targets[] | "\(.target): " + (.classes | sort_by(.system_bytes.median) | map("\(.class) \(.system_bytes.median | thousands)") | join(", ")) + " bytes of the system (medians).");
def answer_enough: answer(.targets[] | "\(.target): " + ([. as $s | ("50", "80", "95") |
    "\($s.syscalls_enough[.]) system calls and \($s.libc_enough[.]) functions of libc for \(.) %"] | join("; ")) + ".");
def best($key): .[$key] | max_by(.spearman.value) | "\(.name) (\(.spearman | interval(2)), n = \(.n))";
def answer_predict: answer(.targets[] | select(.bytes_predictors | length > 0) |
    "\(.target): the image goes best with \(best("bytes_predictors")), the system with \(best("system_predictors")).");
def answer_excess: answer(observed | "\(.target): the runs of half of the \(.n) programs use at most \(.calls | median | percent) of the system calls that are kept, \(.functions | median | percent) of the functions and \(.code | median | percent) of the bytes of code.");
def answer_baselines: [.samples[] | select(.variant == "baseline")] as $b |
    answer("The same program has so many times the bytes of its image (medians):",
    (([.samples[].variant] | unique - ["baseline"])[] as $k |
        [.samples[] | select(.variant == $k and .bytes and .result != "failed") | . as $s |
            .bytes / (first($b[] | select(.program == $s.program and .target == $s.target)) | .bytes)] | select(length > 0) |
        "\($k | sub("^against "; "")) ×\(median | places(1)) (n = \(length));"));
def answer_cost: answer(.targets[] | .target as $t | [.programs[].specialize_seconds] |
    "\($t): half of the programs take at most \(median | places(2)) CPU seconds, the longest \(max | places(1)).");
def answer_running: answer(.targets[] | .target as $t | [.programs[].measured | select(. != null)] | select(length > 0) |
    "\($t): half of the images that print get there within \([.[].to_output | select(. != null)] | median | thousands) instructions and run in \([.[].min_kib | select(. != null)] | median | thousands) KiB.");
