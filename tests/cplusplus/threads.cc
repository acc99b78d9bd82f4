// Threads: mutexes, waits, futures with exceptions, thread-local destructors,
// a static variable that many threads want to be the first to make.
// RUN: %S/Inputs/same.sh %s %t -pthread
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

static std::mutex lock;
static std::condition_variable ready;
static int turn, made;
struct Local {
    ~Local() { made += 100; }
    int n = 0;
};
thread_local Local local;
static int once() { static int n = ++made; return n; }

static void worker(int me, int count)
{
    local.n = me;
    for (int i = 0; i < 3; i++) {
        std::unique_lock<std::mutex> hold(lock);
        ready.wait(hold, [&] { return turn % count == me; });
        printf("%d: turn %d, %d\n", local.n, turn, once());
        turn++;
        ready.notify_all();
    }
}

int main()
{
    std::vector<std::thread> all;
    for (int i = 0; i < 3; i++)
        all.emplace_back(worker, i, 3);
    for (auto &t : all)
        t.join();
    printf("%d\n", made);
    auto f = std::async(std::launch::async, []() -> int { throw std::runtime_error("from a thread"); });
    try { f.get(); }
    catch (const std::exception &e) { printf("%s\n", e.what()); }
    std::promise<int> p;
    std::thread t([&] { p.set_value(5); });
    printf("%d\n", p.get_future().get());
    t.join();
    return 0;
}
