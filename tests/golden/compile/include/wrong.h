__device__ int Wrong(int x) { return x + z; }
