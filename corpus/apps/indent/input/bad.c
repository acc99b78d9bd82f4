int f( { if (x } else } /* unclosed
