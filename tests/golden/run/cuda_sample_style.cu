// RUN: run %s
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
#include <math.h>
#include <time.h>
#include <sys/time.h>
#include <string.h>
#include <assert.h>
#include <float.h>
#define N 1024
double cpuSecond() { struct timeval tp; gettimeofday(&tp, NULL); return ((double)tp.tv_sec + (double)tp.tv_usec * 1.e-6); }
void initialData(float *ip, int size) { time_t t; srand((unsigned)time(&t)); for (int i = 0; i < size; i++) ip[i] = (float)(rand() & 0xFF) / 10.0f; }
void checkResult(float *hostRef, float *gpuRef, const int n) {
  double epsilon = 1.0E-8; int match = 1;
  for (int i = 0; i < n; i++) if (abs(hostRef[i] - gpuRef[i]) > epsilon) { match = 0; printf("Arrays do not match!\n"); break; }
  if (match) printf("Arrays match.\n\n");
}
typedef struct { int rows, cols; float* data; } Matrix;
__global__ void sum(float *A, float *B, float *C, const int n) { int i = blockIdx.x * blockDim.x + threadIdx.x; if (i < n) C[i] = A[i] + B[i]; }
int main(int argc, char **argv) {
  printf("%s Starting...\n", "x");
  int dev = 0; cudaDeviceProp deviceProp; cudaGetDeviceProperties(&deviceProp, dev);
  printf("Using Device %d: %s\n", dev, deviceProp.name); cudaSetDevice(dev);
  int nElem = argc > 1 ? atoi(argv[1]) : N; size_t nBytes = nElem * sizeof(float);
  float *h_A = (float *)malloc(nBytes), *h_B = (float *)malloc(nBytes), *hostRef = (float *)malloc(nBytes), *gpuRef = (float *)calloc(nElem, sizeof(float));
  if (h_A == NULL || !h_B) { fprintf(stderr, "oom\n"); exit(1); }
  double iStart = cpuSecond(); initialData(h_A, nElem); initialData(h_B, nElem); double iElaps = cpuSecond() - iStart;
  memset(hostRef, 0, nBytes);
  for (int i = 0; i < nElem; i++) hostRef[i] = h_A[i] + h_B[i];
  float *d_A, *d_B, *d_C; cudaMalloc((float**)&d_A, nBytes); cudaMalloc((float**)&d_B, nBytes); cudaMalloc((float**)&d_C, nBytes);
  cudaMemcpy(d_A, h_A, nBytes, cudaMemcpyHostToDevice); cudaMemcpy(d_B, h_B, nBytes, cudaMemcpyHostToDevice);
  dim3 block(256); dim3 grid((nElem + block.x - 1) / block.x);
  clock_t c0 = clock();
  sum<<<grid, block>>>(d_A, d_B, d_C, nElem);
  cudaDeviceSynchronize();
  double secs = (double)(clock() - c0) / CLOCKS_PER_SEC;
  printf("Execution configuration <<<%d, %d>>> %d %d\n", grid.x, block.x, iElaps >= 0, secs >= 0);
  cudaMemcpy(gpuRef, d_C, nBytes, cudaMemcpyDeviceToHost); checkResult(hostRef, gpuRef, nElem);
  Matrix m = {2, 3, NULL}; m.data = (float*)malloc(m.rows * m.cols * sizeof(float)); for (int i = 0; i < 6; ++i) m.data[i] = i; printf("%f %d\n", m.data[5], memcmp(h_A, h_A, 16));
  free(m.data);
  cudaFree(d_A); cudaFree(d_B); cudaFree(d_C); free(h_A); free(h_B); free(hostRef); free(gpuRef); cudaDeviceReset(); return (0);
}
// STDOUT:
// x Starting...
// Using Device 0: NVIDIA H100 80GB HBM3
// Execution configuration <<<4, 256>>> 1 1
// Arrays match.
//
// 5.000000 0
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
