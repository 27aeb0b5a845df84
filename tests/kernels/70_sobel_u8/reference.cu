__global__ void ref(unsigned char* o, const unsigned char* a, int h, int w) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= h * w) return;
    int x = i % w, y = i / w, gx = 0, gy = 0;
    const int k[3] = {1, 2, 1};
    if (x > 0 && y > 0 && x < w - 1 && y < h - 1)
        for (int t = 0; t < 3; t++) {
            gx += k[t] * (a[(y + t - 1) * w + x + 1] - a[(y + t - 1) * w + x - 1]);
            gy += k[t] * (a[(y + 1) * w + x + t - 1] - a[(y - 1) * w + x + t - 1]);
        }
    int m = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy);
    o[i] = m > 255 ? 255 : m;
}
void launch(unsigned char* out, const unsigned char* img, int h, int w) { ref<<<(h * w + 127) / 128, 128>>>(out, img, h, w); }
