__constant__ float c[4] = {1, 2, 3, 4};
__device__ int counter;
__device__ __forceinline__ float f(float x, int n) { float s = 0; for (int i = 0; i < n; i++) s += x * c[i & 3]; return s; }
__global__ void k(float* y, const float* __restrict__ x, int n) {
  __shared__ float tile[32];
  int i = blockIdx.x * blockDim.x + threadIdx.x; float local[4] = {0, 1, 2, 3};
  tile[threadIdx.x & 31] = i < n ? expf(x[i]) : 0.f;
  __syncthreads();
  float v = tile[(threadIdx.x + 1) & 31] + local[i & 3];
  v += __shfl_xor_sync(0xffffffff, v, 16); if (v > 3.f) atomicAdd(&counter, 1);
  if (i < n) y[i] = f(v, n) / 3.f + (double)v + __half2float(__float2half(v)); else return;
}
void launch(float* y, const float* x, int n) {
  float* t; cudaMalloc(&t, n * sizeof(float)); cudaMemcpy(t, x, n * 4, cudaMemcpyDeviceToDevice);
  k<<<(n + 31) / 32, 32>>>(y, t, n); cudaFree(t);
}
