local n, sieve, count = 200000, {}, 0
for i = 2, n do sieve[i] = true end
for i = 2, n do
  if sieve[i] then
    count = count + 1
    for j = i * i, n, i do sieve[j] = false end
  end
end
print("primes below", n, count)
local parts = {}
for i = 1, 20000 do parts[#parts + 1] = tostring(i) .. "," end
local s = table.concat(parts)
print(#s, s:sub(1, 20), s:sub(-12))
local function fib(k) if k < 2 then return k end return fib(k - 1) + fib(k - 2) end
print(fib(24))
