__global__ void ref(int* h, int n, int m, unsigned seed) {
    int c = 0;
    for (int t = 0; t < n; t++) {
        unsigned s = seed + 2654435761u * (unsigned)t;
        for (int i = 0; i < m; i++) {
            s = s * 1664525u + 1013904223u;
            unsigned x = (s >> 16) & 32767u;
            s = s * 1664525u + 1013904223u;
            unsigned y = (s >> 16) & 32767u;
            if (x * x + y * y < 1073741824u) c++;
        }
    }
    *h = c;
}
void launch(int* hits, int threads, int samples, int seed) { ref<<<1, 1>>>(hits, threads, samples, (unsigned)seed); }
