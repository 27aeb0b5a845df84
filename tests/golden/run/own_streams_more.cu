// RUN: run %s
#include <iostream>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>
using namespace std;
class Matrix { int r, c; vector<double> d; public: Matrix(int r, int c) : r(r), c(c), d(r * c) {} double& operator()(int i, int j) { return d[i * c + j]; } friend ostream& operator<<(ostream& os, const Matrix& m); };
ostream& operator<<(ostream& os, const Matrix& m) { for (int i = 0; i < m.r; ++i) { for (int j = 0; j < m.c; ++j) os << setw(6) << fixed << setprecision(1) << m.d[i * m.c + j]; os << endl; } return os; }
template <typename T> ostream& operator<<(ostream& out, const vector<T>& v) { out << "["; for (size_t i = 0; i < v.size(); ++i) { if (i) out << ", "; out << v[i]; } return out << "]"; }
string to_csv(const vector<int>& v) { ostringstream o; for (size_t i = 0; i < v.size(); ++i) o << (i ? "," : "") << v[i]; return o.str(); }
struct Base { virtual void print(ostream& os) const { os << "base"; } virtual ~Base() {} };
struct Der : Base { int k = 3; void print(ostream& os) const override { os << "der " << k; } };
ostream& operator<<(ostream& os, const Base& b) { b.print(os); return os; }
int main() {
  Matrix m(2, 2); m(0, 0) = 1; m(1, 1) = 2.25; cout << m;
  vector<int> v = {1, 2, 3}; cout << v << "\n" << to_csv(v) << endl;
  Der d; Base b; cout << d << " " << b << "\n";
  cout << hex << showbase << 255 << dec << " " << 255 << endl;
  cerr << "err " << v << endl;
  cout.setf(ios::fixed); cout.precision(3); cout << 2.0 << endl; cout.unsetf(ios::floatfield); cout << 2.5 << endl;
  cout << left << setw(8) << "ab" << "|" << right << setw(8) << 12 << "|" << endl;
  stringstream ss; ss << 5 << " " << 6; int a, c; ss >> a >> c; cout << a + c << endl;
  string name = "dyn"; name[0] = 'D'; name += "amic"; cout << name << " " << name.length() << endl;
  string t = name; t[1] = 'Y'; cout << name << t << endl;
  ostringstream key; key << "k" << 1; if (key.str() == "k1") cout << "same\n";
  int n = 0; string word; istringstream is("the quick brown"); while (is >> word) { ++n; cout << word << ";"; } cout << n << endl;
  int x = 7; if (!(cin >> x)) cout << "no input\n";
  return 0;
}
// STDOUT:
//    1.0   0.0
//    0.0   2.2
// [1, 2, 3]
// 1,2,3
// der 3 base
// 0xff 255
// err [1, 2, 3]
// 2.000
// 2.5
// ab      |      12|
// 11
// Dynamic 7
// DynamicDYnamic
// same
// the;quick;brown;3
// no input
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
