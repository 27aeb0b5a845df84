// Causal attention by its definition: row i sees the keys 0 to i; one block per row.
__global__ void reference(float* out, float* weights, const float* q, const float* k,
                          const float* v, int n, int d) {
    int i = blockIdx.x;
    float* w = weights + i * n;
    for (int j = threadIdx.x; j <= i; j += blockDim.x) {
        float s = 0.0f;
        for (int c = 0; c < d; ++c) s += q[i * d + c] * k[j * d + c];
        w[j] = s / sqrtf((float)d);
    }
    __syncthreads();
    float m = w[0];
    for (int j = 1; j <= i; ++j) m = fmaxf(m, w[j]);
    __syncthreads();
    for (int j = threadIdx.x; j <= i; j += blockDim.x) w[j] = expf(w[j] - m);
    __syncthreads();
    float total = 0.0f;
    for (int j = 0; j <= i; ++j) total += w[j];
    for (int c = threadIdx.x; c < d; c += blockDim.x) {
        float s = 0.0f;
        for (int j = 0; j <= i; ++j) s += w[j] * v[j * d + c];
        out[i * d + c] = s / total;
    }
}

extern "C" void launch(float* out, const float* q, const float* k, const float* v, int n, int d) {
    float* weights;
    cudaMalloc(&weights, (size_t)n * n * sizeof(float));
    reference<<<n, 32>>>(out, weights, q, k, v, n, d);
    cudaFree(weights);
}
