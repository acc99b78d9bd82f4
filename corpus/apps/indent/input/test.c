int main(int argc,char**argv){int i;for(i=0;i<10;i++){if(i%2==0)printf("%d\n",i);else{continue;}}
switch(argc){case 1:return 1;default:break;}
do{i--;}while(i>0);/* a comment that is here */
struct s{int a;char b[10];}x={1,"t"};
return x.a?i:-i;}
