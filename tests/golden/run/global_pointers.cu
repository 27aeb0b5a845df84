// RUN: run %s
#include <cstdio>

static const char* sSDKname = "reduction";
const char* names[] = {"alpha", "beta", nullptr, "gam" "ma"};
int table[4] = {1, 2, 3, 4};
int* third = &table[2];
int* last = table + 4 - 1;
struct Pair {
  int key;
  const char* text;
  int* where;
};
Pair pairs[2] = {{1, "one", table}, {2, "two", &table[1]}};
int* inside = &pairs[1].key;
const char* const kName = "constant";
const char* also = kName + 3;
struct Node {
  Node* next;
  int value;
};
Node second = {nullptr, 20};
Node first = {&second, 10};
constexpr const char* kTexts[2] = {"x", "y"};
__device__ float buffer[4] = {1, 2, 3, 4};
__device__ float* half = buffer + 2;
__device__ const char* message = "on the device";

__global__ void Read(float* out) {
  static const char* const kinds[2] = {"even", "odd"};
  out[0] = half[0] + half[-1];
  printf("%s, %s\n", message, kinds[1]);
  half = buffer;
}
__global__ void Again(float* out) { out[1] = *half; }

const char* Level(int i) {
  static const char* levels[] = {"low", "high"};
  return levels[i];
}

int main() {
  printf("%s %s %s %s\n", sSDKname, names[0], names[1], names[3]);
  printf("%d %d %d\n", names[2] == nullptr, *third, *last);
  printf("%s %d %s %d\n", pairs[0].text, *pairs[0].where, pairs[1].text, *pairs[1].where);
  *inside = 7;
  printf("%d %s\n", pairs[1].key, also);
  second.next = &first;
  printf("%d %d\n", first.next->value, first.next->next->value);
  printf("%s %s %s\n", kTexts[1], Level(0), Level(1));
  names[2] = "set";
  printf("%s\n", names[2]);
  float* out;
  cudaMalloc(&out, 2 * sizeof(float));
  Read<<<1, 1>>>(out);
  Again<<<1, 1>>>(out);
  float y[2];
  cudaMemcpy(y, out, sizeof y, cudaMemcpyDeviceToHost);
  printf("%g %g\n", y[0], y[1]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// reduction alpha beta gamma
// 1 3 4
// one 1 two 2
// 7 stant
// 20 10
// y low high
// set
// on the device, odd
// 5 1
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
