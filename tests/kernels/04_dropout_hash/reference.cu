__global__ void ref(float* out, unsigned char* mask, const float* in, int n, float p, float scale, unsigned seed) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    unsigned h = seed ^ ((unsigned)i * 0x9E3779B9u);
    h ^= h >> 16; h *= 0x85EBCA6Bu; h ^= h >> 13; h *= 0xC2B2AE35u; h ^= h >> 16;
    float u = (h >> 8) * (1.0f / 16777216.0f);
    if (u >= p) { mask[i] = 1; out[i] = in[i] * scale; }
    else { mask[i] = 0; out[i] = 0.0f; }
}
void launch(float* out, unsigned char* mask, const float* in, int n, float p, int seed) { ref<<<(n + 127) / 128, 128>>>(out, mask, in, n, p, 1.0f / (1.0f - p), (unsigned)seed); }
