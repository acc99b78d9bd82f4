%token A
%%
a : b C
  | A { unclosed
;
