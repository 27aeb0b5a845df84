// RUN: run %s
// malloc and new in kernels.
#include <cstdio>
struct Node { int value; Node* next; __device__ Node(int v, Node* n) : value(v), next(n) {} };
__global__ void list(int* out, int n) {
  Node* head = nullptr;
  for (int i = 0; i < n; ++i) head = new Node(i + threadIdx.x, head);
  int sum = 0;
  while (head) { sum += head->value; Node* next = head->next; delete head; head = next; }
  int* many = (int*)malloc(4 * sizeof(int));
  if (!many) return;
  for (int i = 0; i < 4; ++i) many[i] = sum + i;
  out[threadIdx.x] = many[3];
  free(many);
  float* a = new float[3]; a[2] = 1; out[threadIdx.x] += (int)a[2]; delete[] a;
}
int main() {
  int* o; cudaMallocManaged(&o, 16);
  list<<<1, 4>>>(o, 5); cudaDeviceSynchronize();
  for (int i = 0; i < 4; ++i) printf("%d ", o[i]);
  printf("\n"); cudaFree(o);
}
// STDOUT:
// 14 19 24 29
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
