function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
print(fib(20), [3, 1, 2].sort().join("-"), JSON.stringify({ a: [1, 2, { b: null }], c: "x\n" }));
print("abc".replace(/b(.)/, "[$1]"), /(\d+)-(\d+)/.exec("tel 12-34").slice(1), parseFloat("3.25e2"));
var o = { get x() { return 7; }, toString: function () { return "obj"; } };
print(o.x, "" + o, typeof o, [1, 2, 3].map(function (v) { return v * v; }), 0.1 + 0.2, 1 / 3, 1e21);
try { null.x; } catch (e) { print(e.name); }
print(new Date(0).toISOString(), Math.max(1, 5, 3), isNaN(NaN), (255).toString(16), "%E4".length);
undefinedFunction();
