print "a"
@loop: let x=x+1
if x<10 then goto @loop
