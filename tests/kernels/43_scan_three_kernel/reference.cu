__global__ void ref(int* out, const int* in, int n) {
    int s = 0;
    for (int i = 0; i < n; i++) { s += in[i]; out[i] = s; }
}
void launch(int* out, const int* in, int n) { ref<<<1, 1>>>(out, in, n); }
