(display (car 5))
(nosuch)
