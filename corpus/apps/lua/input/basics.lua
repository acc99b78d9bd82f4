print(#arg, arg[1], arg[2], ...)
local t = {}
for i = 1, 1000 do t[i] = (i * 7919) % 1009 end
table.sort(t)
print(t[1], t[500], t[1000], #t)
print(string.format("%5.2f|%-8s|%08x|%q|%g", math.pi, "abc", 48879, "a\nb", 1e300))
print(("hello world"):gsub("o", "0"), ("k=v, x=y"):match("(%w+)=(%w+)"))
local co = coroutine.wrap(function(a) for i = 1, 3 do a = coroutine.yield(a * i) end return "done" end)
print(co(2), co(3), co(4), co(5))
print(pcall(error, {code = 42}) == false, select(2, pcall(error, {code = 42})).code)
print(select(2, pcall(function() local x = nil; return x.y end)))
print(math.maxinteger // 3, 7 // -2, 7 % -3, 2^53, 10 / 3, 1e15, 0.1 + 0.2)
print(utf8.char(228, 8364, 128512), utf8.len("äö"), #"äö")
local mt = setmetatable({}, {__index = function(_, k) return k .. "!" end, __call = function(self, x) return x * 2 end, __gc = function() end})
print(mt.foo, mt(21))
print(string.pack("<i4", 100):byte(1, -1))
goto done
print("not reached")
::done::
print(os.time{year=2020, month=1, day=1, hour=12}, os.date("!%Y-%m-%d %H:%M:%S", 86400))
print(tostring(nil), tostring(1.5), tonumber("0x10"), tonumber("z", 36), tonumber("1e1"))
print(load("return 1 + ")) 
collectgarbage()
print(collectgarbage("count") > 0)
