print("x"
for
