local function inner(t) return t.field.missing end
local function outer() inner({}) end
print("before")
outer()
