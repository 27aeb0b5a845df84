__global__ void ref(int* hist, const int* data, int n, int bins) {
    int b = blockIdx.x * blockDim.x + threadIdx.x;
    if (b >= bins) return;
    int c = 0;
    for (int i = 0; i < n; i++) c += data[i] == b;
    hist[b] = c;
}
void launch(int* hist, const int* data, int n, int bins) { ref<<<(bins + 31) / 32, 32>>>(hist, data, n, bins); }
