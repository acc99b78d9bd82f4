# procedures, lists, dictionaries, regular expressions, errors
proc fib {n} { if {$n < 2} { return $n }; expr {[fib [- $n 1]] + [fib [- $n 2]]} }
puts "[fib 12] $argc [lindex $argv 0]"
set l {3 1 2 {a b}}
puts "[lsort $l] [llength $l] [lrange $l 1 2] [join [lmap x {1 2 3} {expr {$x * $x}}] ,]"
set d [dict create a 1 b 2]; dict set d c 3
foreach {k v} $d { puts -nonewline "$k=$v " }; puts ""
puts [regexp -inline {(\w+)@(\w+)} "me@here"]
puts [regsub -all {o} "foo boo" 0] 
puts [format "%05.2f|%-6s|%x" 3.14159 ab 255]
if {[catch {error "it went wrong"} msg]} { puts "caught: $msg" }
puts [string toupper abc][string range hello 1 3][string map {a b} banana]
array set arr {x 1 y 2}; puts [lsort [array names arr]]
set s 0; for {set i 0} {$i < 20000} {incr i} { set s [expr {($s * 31 + $i) % 65521}] }; puts $s
set f [open out.txt w]; puts $f "line"; close $f; set f [open out.txt]; puts [gets $f]; close $f
puts [expr {1.0 / 3}][expr {2 ** 10}][expr {7 % -3}]
exit 3
