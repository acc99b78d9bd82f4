%{
#include <stdio.h>
%}
%union { int i; double d; }
%token <i> NUMBER
%type <i> expr
%left '+' '-'
%left '*' '/'
%right UMINUS
%start list
%%
list : /* empty */
     | list expr '\n' { printf("%d\n", $2); }
     | list error '\n' { yyerrok; }
     ;
expr : expr '+' expr { $$ = $1 + $3; }
     | expr '-' expr { $$ = $1 - $3; }
     | expr '*' expr { $$ = $1 * $3; }
     | expr '/' expr { $$ = $1 / $3; }
     | '-' expr %prec UMINUS { $$ = -$2; }
     | '(' expr ')' { $$ = $2; }
     | NUMBER
     | expr '?' expr
     ;
%%
int main(void) { return yyparse(); }
