__global__ void k(int* y, unsigned n) {
  unsigned t = threadIdx.x, s = 0;
  while (t > 1) { t = t & 1 ? 3 * t + 1 : t >> 1; if (++s > 50) break; }
  unsigned m = __ballot_sync(__activemask(), s & 1);
  y[threadIdx.x] = s + __popc(m) + (n ? s % n : 0) - (s << (t & 31));
  if (threadIdx.x == 0) { atomicCAS(&y[50], 50, 7); __threadfence(); }
}
int main() { int* d; cudaMalloc((void**)&d, 512); cudaMemset(d, 0, 512); k<<<1, 40>>>(d, 7); cudaDeviceSynchronize(); int h[4];
  cudaMemcpy(h, d, 16, cudaMemcpyDeviceToHost); printf("%d %d\n", h[0], h[3]); cudaFree(d); return 0; }
