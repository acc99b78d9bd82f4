define(`a', `b
eval(1 +)
