puts [nosuch 1
