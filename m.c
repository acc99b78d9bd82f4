#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/mman.h>
int main(int c,char**v){ for(int i=0;i<c;i++) printf("[%s]",v[i]); char*e=getenv("FOO"); printf(" FOO=%s\n",e?e:"-");
 size_t t=0; for(int i=0;i<2000;i++){char*p=malloc(1<<14); if(!p)break; memset(p,i,1<<14); t+=1<<14;} printf("%zu\n",t);
 struct timespec a; clock_gettime(CLOCK_REALTIME,&a); printf("%ld\n",(long)a.tv_sec); clock_gettime(CLOCK_MONOTONIC,&a); printf("%ld.%09ld\n",(long)a.tv_sec,a.tv_nsec);
 a=(struct timespec){0,200000000}; nanosleep(&a,0);  clock_gettime(CLOCK_MONOTONIC,&a); printf("%ld.%09ld\n",(long)a.tv_sec,a.tv_nsec);
 char *p=mmap(0,65536,PROT_READ|PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS,-1,0); strcpy(p,"x"); printf("%d\n",mprotect(p,4096,PROT_READ)); 
 char line[100]; while(fgets(line,100,stdin)) printf("in: %s",line);
 fflush(stdout); if(c>1) p[0]=1; return 0; }
