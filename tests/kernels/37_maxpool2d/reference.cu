__global__ void ref(float* o, int* ix, const float* x, int nc, int h, int w, int oh, int ow, int k, int s, int p) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= nc * oh * ow) return;
    int q = i % ow, r = i / ow % oh, c = i / (ow * oh), b = -1;
    for (int u = 0; u < k; u++)
        for (int v = 0; v < k; v++) {
            int y = r * s + u - p, z = q * s + v - p;
            if (y < 0 || y >= h || z < 0 || z >= w) continue;
            if (b < 0 || x[c * h * w + y * w + z] > x[c * h * w + b]) b = y * w + z;
        }
    ix[i] = b;
    o[i] = x[c * h * w + b];
}
void launch(float* out, int* indices, const float* x, int nc, int h, int w, int k, int s, int p) {
    int oh = (h + 2 * p - k) / s + 1, ow = (w + 2 * p - k) / s + 1;
    ref<<<(nc * oh * ow + 127) / 128, 128>>>(out, indices, x, nc, h, w, oh, ow, k, s, p);
}
