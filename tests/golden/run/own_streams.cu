// RUN: run %s
#include <iostream>
#include <iomanip>
#include <sstream>
#include <string>
struct vec3 { double e[3]; };
inline std::ostream& operator<<(std::ostream &os, const vec3 &t) { os << t.e[0] << " " << t.e[1] << " " << t.e[2]; return os; }
enum Color { RED, GREEN };
enum class Mode { A, B };
std::ostream& operator<<(std::ostream& os, Mode m) { return os << (m == Mode::A ? "A" : "B"); }
template <typename T> struct P { T a, b; friend std::ostream& operator<<(std::ostream& os, const P& p) { return os << '(' << p.a << ", " << p.b << ')'; } };
void log(std::ostream& out, const char* what) { out << "[" << what << "]" << std::endl; }
struct Logger { std::ostream* os; Logger(std::ostream& o) : os(&o) {} void say(int x) { *os << "x=" << x << "\n"; } };
int main() {
  vec3 v{{1, 2.5, 3}};
  std::cout << "v = " << v << ", " << v << '\n';
  std::cout << RED << ' ' << Mode::B << std::endl;
  P<int> p{3, 4};
  std::cout << p << "\n";
  log(std::cout, "hello"); log(std::cerr, "err");
  Logger l(std::cout); l.say(7);
  std::ostringstream oss;
  oss << std::setw(6) << std::setfill('0') << 42 << " " << std::fixed << std::setprecision(2) << 3.14159 << " " << v;
  std::string s = oss.str();
  std::cout << s << " " << s.size() << "\n";
  std::cout << 3.14159 << " " << true << " " << std::boolalpha << false << "\n";
  oss.str(""); oss << "again"; std::cout << oss.str() << std::endl;
  std::stringstream ss("12 abc 3.5 x");
  int i; std::string w; double d; char c;
  ss >> i >> w >> d >> c;
  std::cout << i << "|" << w << "|" << d << "|" << c << "|" << (bool)ss << "\n";
  std::istringstream in("a b\nc d\n\ne"); std::string line; int n = 0;
  while (std::getline(in, line)) std::cout << n++ << ":" << line << "\n";
  std::cout.precision(3); std::cout << 2.0/3 << "\n";
  std::ostream& o2 = n > 2 ? std::cout : std::cerr; o2 << "cond\n";
  unsigned char uc = 'q'; unsigned long ul = 1ul << 40; float f = 0.1f; const char* cs = "cs"; void* np = nullptr;
  std::cout << uc << ul << " " << f << cs << np << "\n";
  std::ostringstream os2; os2 << v; log(os2, "w"); std::cout << os2.str();
  return 0;
}
// STDOUT:
// v = 1 2.5 3, 1 2.5 3
// 0 B
// (3, 4)
// [hello]
// [err]
// x=7
// 000042 3.14 1.00 2.50 3.00 26
// 3.14159 1 false
// again
// 12|abc|3.5|x|true
// 0:a b
// 1:c d
// 2:
// 3:e
// 0.667
// cond
// q1099511627776 0.1cs0
// 1 2.5 3[w]
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
