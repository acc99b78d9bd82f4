local function f(a, ...)
  local t = { 1, 2, x = a, [f] = ... }
  for i, v in ipairs(t) do t[i] = v * 2 + i end
  if a and #t > 3 then return f(t.x), "s" .. a end
  while a ~= nil do a = a.next; if not a then break end end
  return function() return a, t end
end
print(f(1, 2))
