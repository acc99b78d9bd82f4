#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static _Thread_local int own = 7;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER;
static long sum, ready;
static atomic_int hits;
static sem_t never;

static void *work(void *p)
{
    long n = (long)p;

    own += n;
    for (int i = 0; i < 10000; i++) {
        pthread_mutex_lock(&lock);
        sum += n;
        pthread_mutex_unlock(&lock);
        atomic_fetch_add(&hits, 1);
    }
    pthread_mutex_lock(&lock);
    ready++;
    pthread_cond_broadcast(&turn);
    while (ready < 4)
        pthread_cond_wait(&turn, &lock);
    pthread_mutex_unlock(&lock);
    return (void *)(long)own;
}

static void *wait_for_ever(void *p)
{
    sem_wait(&never);
    return NULL;
}

int main(void)
{
    pthread_t t[4];
    void *r;
    long all = 0;

    for (long i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, (void *)(i + 1));
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], &r);
        all += (long)r;
    }
    printf("%ld %d %ld %d\n", sum, hits, all, own);
    sem_init(&never, 0, 0);
    pthread_create(&t[0], NULL, wait_for_ever, NULL);
    usleep(20000);
    pthread_cancel(t[0]);
    pthread_join(t[0], &r);
    printf("canceled %d\n", r == PTHREAD_CANCELED);
    return 0;
}
