__global__ void ref(int* c, const unsigned char* t, const unsigned char* p, int n, int m) {
    int s = 0;
    for (int i = 0; i + m <= n; i++) {
        int same = 0;
        for (int k = 0; k < m; k++) same += t[i + k] == p[k];
        s += same == m;
    }
    *c = s;
}
void launch(int* count, const unsigned char* text, const unsigned char* pat, int n, int m) { ref<<<1, 1>>>(count, text, pat, n, m); }
