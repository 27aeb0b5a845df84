// RUN: check %s --task %S/scale.toml
// What a program asks of its surroundings is told, whatever it does with the answers here.
#include <chrono>
#include <cstdlib>
#include <ctime>

__global__ void scale(float* y, const float* x, int n, long long since) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i] + (clock64() - since < 0 ? 1.0f : 0.0f);
}
static bool IsLate() { return time(nullptr) > 1900000000; }
void launch(float* y, const float* x, int n) {
  const auto now = std::chrono::steady_clock::now();
  if (getenv("FAST") != nullptr || IsLate()) return;
  scale<<<(n + 63) / 64, 64>>>(y, x, n, -1);
}
int main() { return int(time(nullptr) % 2); }
// STDOUT:
// asks.cu: accepted through tested
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in {{.*}}
//   tested     right on {{.*}}
// asks.cu:9:36: note: the program asks for the clock [asks-surroundings]
//     if (i < n) y[i] = x[i] + x[i] + (clock64() - since < 0 ? 1.0f : 0.0f);
//                                      ^
//   hint: no run here shows what it does with other answers; a result should not depend on them
// asks.cu:11:31: note: the program asks for the time [asks-surroundings]
//   static bool IsLate() { return time(nullptr) > 1900000000; }
//                                 ^
//   hint: no run here shows what it does with other answers; a result should not depend on them
// asks.cu:13:20: note: the program asks for the time [asks-surroundings]
//     const auto now = std::chrono::steady_clock::now();
//                      ^
//   hint: no run here shows what it does with other answers; a result should not depend on them
// asks.cu:14:7: note: the program asks for the environment [asks-surroundings]
//     if (getenv("FAST") != nullptr || IsLate()) return;
//         ^
//   hint: no run here shows what it does with other answers; a result should not depend on them
