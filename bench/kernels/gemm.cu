// C = alpha * A * B + beta * C, tiles of 64 by 64 by 16, 4 by 4 results per thread.
#define BM 64
#define BN 64
#define BK 16

extern "C" __global__ void sgemm_tiled(float* c, const float* a, const float* b, int m, int n,
                                       int k, float alpha, float beta) {
    __shared__ float a_tile[BK][BM + 4];
    __shared__ float b_tile[BK][BN];
    int tx = threadIdx.x % 16;
    int ty = threadIdx.x / 16;
    int row0 = blockIdx.y * BM;
    int col0 = blockIdx.x * BN;
    float acc[4][4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
        for (int j = 0; j < 4; j++) acc[i][j] = 0.0f;
    }
    for (int k0 = 0; k0 < k; k0 += BK) {
        for (int e = threadIdx.x; e < BM * BK; e += 256) {
            int i = e / BK;
            int kk = e % BK;
            bool inside = row0 + i < m && k0 + kk < k;
            a_tile[kk][i] = inside ? a[(row0 + i) * k + k0 + kk] : 0.0f;
        }
        for (int e = threadIdx.x; e < BK * BN; e += 256) {
            int kk = e / BN;
            int j = e % BN;
            bool inside = k0 + kk < k && col0 + j < n;
            b_tile[kk][j] = inside ? b[(k0 + kk) * n + col0 + j] : 0.0f;
        }
        __syncthreads();
#pragma unroll
        for (int kk = 0; kk < BK; kk++) {
            float a_frag[4], b_frag[4];
#pragma unroll
            for (int i = 0; i < 4; i++) a_frag[i] = a_tile[kk][ty * 4 + i];
#pragma unroll
            for (int j = 0; j < 4; j++) b_frag[j] = b_tile[kk][tx * 4 + j];
#pragma unroll
            for (int i = 0; i < 4; i++) {
#pragma unroll
                for (int j = 0; j < 4; j++) acc[i][j] += a_frag[i] * b_frag[j];
            }
        }
        __syncthreads();
    }
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int row = row0 + ty * 4 + i;
        if (row >= m) continue;
#pragma unroll
        for (int j = 0; j < 4; j++) {
            int col = col0 + tx * 4 + j;
            if (col < n) c[row * n + col] = alpha * acc[i][j] + beta * c[row * n + col];
        }
    }
}
#undef BM
#undef BN
#undef BK

// Index of the largest element of each row, ties to the lower index; one warp per row.
extern "C" __global__ void argmax(int* out, const float* x, int rows, int cols) {
    int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x % 32;
    if (row >= rows) return;
    float best = -3.402823466e+38f;
    int where = 0x7fffffff;
    for (int c = lane; c < cols; c += 32) {
        float v = x[row * cols + c];
        if (v > best) {
            best = v;
            where = c;
        }
    }
    for (int offset = 16; offset > 0; offset >>= 1) {
        float other = __shfl_xor_sync(0xffffffffu, best, offset);
        int other_where = __shfl_xor_sync(0xffffffffu, where, offset);
        if (other > best || (other == best && other_where < where)) {
            best = other;
            where = other_where;
        }
    }
    if (lane == 0) out[row] = where;
}
