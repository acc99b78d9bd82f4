// What virtual calls, member pointers, std::function and casts reach is there,
// through several and virtual bases, with this adjusted.
// RUN: %S/Inputs/same.sh %s %t
#include <any>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <typeinfo>
#include <variant>
#include <vector>

struct Shape {
    virtual ~Shape() { puts("~Shape"); }
    virtual double area() const = 0;
    virtual const char *name() const { return "shape"; }
    virtual Shape *copy() const = 0;
};
struct Tagged {
    int tag = 7;
    virtual int get() const { return tag; }
    virtual ~Tagged() { printf("~Tagged %d\n", tag); }
};
struct Square : Shape, Tagged {
    double side;
    Square(double s) : side(s) { tag = (int)s; }
    double area() const override { return side * side; }
    const char *name() const override { return "square"; }
    Square *copy() const override { return new Square(side + 1); }
    int get() const override { return 100 + tag; }
};
struct Root {
    int n;
    Root(int i) : n(i) {}
    virtual int value() { return n; }
    virtual ~Root() {}
};
struct A : virtual Root {
    A() : Root(1) {}
    int value() override { return n + 10; }
};
struct B : virtual Root {
    B() : Root(2) {}
    virtual int other() { return n + 20; }
};
struct Diamond final : A, B {
    Diamond() : Root(3) {}
    int other() override { return value() + 1000; }
};

static int plain(int x) { return x * 2; }
struct Callable {
    int base;
    explicit Callable(int b = 0) : base(b) {}
    int operator()(int x) const { return base + x; }
    int method(int x) { return base * x; }
    virtual int over(int x) { return base - x; }
};
struct Derived : Callable {
    int over(int x) override { return base + x * 100; }
};

static int call(const std::function<int(int)> &f, int x) { return f(x); }

int main()
{
    std::vector<std::unique_ptr<Shape>> shapes;
    shapes.push_back(std::make_unique<Square>(2));
    shapes.emplace_back(shapes[0]->copy());
    for (auto &s : shapes)
        printf("%s %g %d\n", s->name(), s->area(),
               dynamic_cast<Tagged &>(*s).get());
    Tagged *t = dynamic_cast<Tagged *>(shapes[1].get());
    printf("%d %d\n", dynamic_cast<Shape *>(t) == shapes[1].get(),
           typeid(*t) == typeid(Square));

    Diamond d;
    Root *r = &d;
    B *b = dynamic_cast<B *>(r);
    printf("%d %d %d\n", r->value(), b->other(), dynamic_cast<A *>(b)->n);

    Derived derived;
    derived.base = 5;
    Callable *c = &derived;
    int (Callable::*method)(int) = &Callable::method;
    int (Callable::*over)(int) = &Callable::over;
    printf("%d %d\n", (c->*method)(3), (c->*over)(3));
    std::function<int(int)> all[] = {plain, Callable{4},
                                     std::bind(over, c, std::placeholders::_1),
                                     [&](int x) { return x + d.n; }};
    for (auto &f : all)
        printf("%d\n", call(f, 6));

    std::variant<int, std::string> v = std::string("text");
    printf("%s\n", std::visit([](auto &x) { return typeid(x) == typeid(int); }, v)
                       ? "int" : "string");
    std::any any = 42;
    printf("%d\n", std::any_cast<int>(any));
    std::shared_ptr<void> erased(new Square(9));
    shapes.pop_back(); // the order of a vector's end is the library's
    return 0;
}
