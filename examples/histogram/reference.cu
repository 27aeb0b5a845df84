// Histogram by its definition: clear, then count every value.
__global__ void clear(int* counts, int bins) {
    int b = blockIdx.x * blockDim.x + threadIdx.x;
    if (b < bins) counts[b] = 0;
}

__global__ void count(int* counts, const int* values, int n) {
    int threads = gridDim.x * blockDim.x;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += threads) {
        atomicAdd(counts + values[i], 1);
    }
}

extern "C" void launch(int* counts, const int* values, int n, int bins) {
    clear<<<(bins + 63) / 64, 64>>>(counts, bins);
    count<<<(n + 4095) / 4096, 64>>>(counts, values, n);
}
