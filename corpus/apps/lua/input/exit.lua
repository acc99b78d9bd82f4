io.stdout:write("no newline")
os.exit(7)
