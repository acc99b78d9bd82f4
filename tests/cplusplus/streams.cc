// Strings, containers, algorithms, regular expressions and all kinds of streams.
// RUN: %S/Inputs/same.sh %s %t
#include <algorithm>
#include <deque>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <list>
#include <map>
#include <numeric>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

int main()
{
    std::ostringstream out;
    out << std::setw(8) << std::setfill('.') << 3.14159 << '|' << std::hex
        << 255 << '|' << std::boolalpha << true << '|' << std::scientific
        << std::setprecision(3) << 12345.678;
    std::cout << out.str() << std::endl;
    std::istringstream in("12 abc 3.5 0x1f tail");
    int n; std::string word; double d; int hex;
    in >> n >> word >> d >> std::hex >> hex;
    std::cout << n << ' ' << word << ' ' << d << ' ' << hex << '\n';

    std::map<std::string, std::vector<int>> m;
    for (int i = 0; i < 20; i++)
        m[std::string(1, (char)('a' + i % 3))].push_back(i * i);
    for (const auto &[key, values] : m)
        std::cout << key << ": " << std::accumulate(values.begin(), values.end(), 0)
                  << '\n';
    std::unordered_map<int, std::string> u{{1, "one"}, {2, "two"}};
    std::cout << u.at(2) << u.count(3) << '\n';
    std::list<int> l{3, 1, 2}; l.sort();
    std::deque<int> q(l.begin(), l.end()); q.push_front(0);
    std::set<int> s(q.rbegin(), q.rend());
    std::copy(s.begin(), s.end(), std::ostream_iterator<int>(std::cout, ","));
    std::cout << '\n';
    std::vector<std::string> words{"pear", "Apple", "fig", "banana"};
    std::sort(words.begin(), words.end(), [](auto &a, auto &b) { return a.size() < b.size() || (a.size() == b.size() && a < b); });
    for (auto &w : words) std::cout << w << ' ';
    std::cout << '\n';

    std::smatch found;
    std::string text = "key = value42";
    if (std::regex_search(text, found, std::regex("(\\w+)\\s*=\\s*([a-z]+)(\\d+)")))
        std::cout << found[1] << '/' << found[2] << '/' << found[3] << '\n';

    { std::ofstream file("test.txt"); file << "line one\nline two\n" << 7 << '\n'; }
    std::ifstream file("test.txt");
    for (std::string line; std::getline(file, line);)
        std::cout << '[' << line << "]\n";
    std::ifstream none("no such file");
    std::cout << none.is_open() << none.fail() << '\n';
    none.exceptions(std::ios::goodbit);
    try { none.exceptions(std::ios::failbit); }
    catch (const std::ios_base::failure &) { std::cout << "failure\n"; }
    std::cout.flush();
    return std::cout.good() ? 0 : 1;
}
