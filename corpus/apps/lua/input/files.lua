local name = "lua-out.txt"
local f = assert(io.open(name, "w"))
for i = 1, 100 do f:write(i, " ", i * i, "\n") end
f:close()
local sum, lines = 0, 0
for line in io.lines(name) do
  local a, b = line:match("(%d+) (%d+)")
  sum = sum + b - a
  lines = lines + 1
end
print(lines, sum)
f = assert(io.open(name, "r+"))
f:seek("set", 4)
f:write("XX")
f:seek("set", 0)
print(f:read("l"), f:read("n"), f:seek("end"))
f:close()
print(os.rename(name, "lua-new.txt"), io.open(name))
print(os.remove("lua-new.txt"))
print(os.remove("lua-new.txt"))
print(io.open("/no/such/dir/x", "w"))
print(os.getenv("NO_SUCH_VARIABLE"))
