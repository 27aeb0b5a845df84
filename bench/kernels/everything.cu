// y = a * x + y over a grid-stride loop.
extern "C" __global__ void scale_add(float* y, const float* x, float a, int n) {
    int stride = gridDim.x * blockDim.x;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += stride) {
        y[i] = a * x[i] + y[i];
    }
}

// Leaky rectifier, four elements per thread.
extern "C" __global__ void leaky_relu(float* y, const float* x, float slope, int n) {
    int base = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
#pragma unroll
    for (int k = 0; k < 4; k++) {
        int i = base + k;
        if (i < n) y[i] = x[i] > 0.0f ? x[i] : slope * x[i];
    }
}

// Softmax over rows, one block per row: maximum and sum by shuffles, then across warps.
__device__ float warp_max(float v) {
    for (int offset = 16; offset > 0; offset >>= 1) {
        v = fmaxf(v, __shfl_down_sync(0xffffffffu, v, offset));
    }
    return v;
}

extern "C" __global__ void softmax_rows(float* y, const float* x, int rows, int cols) {
    __shared__ float partial[32];
    int row = blockIdx.x;
    if (row >= rows) return;
    const float* in = x + (long long)row * cols;
    float* out = y + (long long)row * cols;
    int lane = threadIdx.x % 32;
    int warp = threadIdx.x / 32;
    int warps = blockDim.x / 32;

    float m = -3.402823466e+38f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) m = fmaxf(m, in[c]);
    m = warp_max(m);
    if (lane == 0) partial[warp] = m;
    __syncthreads();
    if (warp == 0) {
        m = lane < warps ? partial[lane] : -3.402823466e+38f;
        m = warp_max(m);
        if (lane == 0) partial[0] = m;
    }
    __syncthreads();
    m = partial[0];
    __syncthreads();

    float s = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) s += __expf(in[c] - m);
    for (int offset = 16; offset > 0; offset >>= 1) s += __shfl_down_sync(0xffffffffu, s, offset);
    if (lane == 0) partial[warp] = s;
    __syncthreads();
    if (warp == 0) {
        s = lane < warps ? partial[lane] : 0.0f;
        for (int offset = 16; offset > 0; offset >>= 1) s += __shfl_down_sync(0xffffffffu, s, offset);
        if (lane == 0) partial[0] = s;
    }
    __syncthreads();
    s = 1.0f / partial[0];
    for (int c = threadIdx.x; c < cols; c += blockDim.x) out[c] = __expf(in[c] - m) * s;
}

// Dot product of each row with a vector, one warp per row.
extern "C" __global__ void row_dot(float* y, const float* a, const float* x, int rows, int cols) {
    int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x & 31;
    if (row >= rows) return;
    const float* in = a + (long long)row * cols;
    float sum0 = 0.0f, sum1 = 0.0f;
    int c = lane;
    for (; c + 32 < cols; c += 64) {
        sum0 += in[c] * x[c];
        sum1 += in[c + 32] * x[c + 32];
    }
    if (c < cols) sum0 += in[c] * x[c];
    float sum = sum0 + sum1;
#pragma unroll
    for (int offset = 16; offset > 0; offset /= 2) {
        sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (lane == 0) y[row] = sum;
}

// Bias and the tanh form of GELU, rows of `cols` elements.
__device__ float gelu(float x) {
    float inner = 0.7978845608f * (x + 0.044715f * x * x * x);
    return 0.5f * x * (1.0f + tanhf(inner));
}

extern "C" __global__ void gelu_bias(float* y, const float* x, const float* bias, int rows,
                                     int cols) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (col >= cols) return;
    float b = bias[col];
    for (int row = blockIdx.y; row < rows; row += gridDim.y) {
        long long i = (long long)row * cols + col;
        y[i] = gelu(x[i] + b);
    }
}

// Sum of n elements into out[blockIdx.x], by a tree in shared memory.
extern "C" __global__ void block_sum(float* out, const float* x, int n) {
    __shared__ float tile[256];
    int t = threadIdx.x;
    float sum = 0.0f;
    for (int i = blockIdx.x * 256 + t; i < n; i += gridDim.x * 256) sum += x[i];
    tile[t] = sum;
    __syncthreads();
    for (int half = 128; half >= 1; half /= 2) {
        if (t < half) tile[t] += tile[t + half];
        __syncthreads();
    }
    if (t == 0) out[blockIdx.x] = tile[0];
}

// Transpose through a padded tile of 32 by 32.
#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose(float* out, const float* in, int rows, int cols) {
    __shared__ float tile[TILE][TILE + 1];
    int x = blockIdx.x * TILE + threadIdx.x;
    int y = blockIdx.y * TILE + threadIdx.y;
    for (int j = 0; j < TILE; j += ROWS) {
        if (x < cols && y + j < rows) tile[threadIdx.y + j][threadIdx.x] = in[(y + j) * cols + x];
    }
    __syncthreads();
    x = blockIdx.y * TILE + threadIdx.x;
    y = blockIdx.x * TILE + threadIdx.y;
    for (int j = 0; j < TILE; j += ROWS) {
        if (x < rows && y + j < cols) out[(y + j) * rows + x] = tile[threadIdx.x][threadIdx.y + j];
    }
}
#undef TILE
#undef ROWS

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

// Layer norm over rows with Welford's recurrence, one warp per row.
__device__ void merge(float& mean, float& m2, float& count, float mean_b, float m2_b,
                      float count_b) {
    float total = count + count_b;
    if (total == 0.0f) return;
    float delta = mean_b - mean;
    float share = count_b / total;
    mean += delta * share;
    m2 += m2_b + delta * delta * count * share;
    count = total;
}

extern "C" __global__ void layer_norm(float* y, const float* x, const float* gain,
                                      const float* shift, int rows, int cols, float eps) {
    int warps = blockDim.x / 32;
    int row = blockIdx.x * warps + threadIdx.x / 32;
    int lane = threadIdx.x % 32;
    if (row >= rows) return;
    const float* in = x + (long long)row * cols;
    float mean = 0.0f, m2 = 0.0f, count = 0.0f;
    for (int c = lane; c < cols; c += 32) {
        float v = in[c];
        count += 1.0f;
        float delta = v - mean;
        mean += delta / count;
        m2 += delta * (v - mean);
    }
    for (int offset = 16; offset > 0; offset >>= 1) {
        float mean_b = __shfl_xor_sync(0xffffffffu, mean, offset);
        float m2_b = __shfl_xor_sync(0xffffffffu, m2, offset);
        float count_b = __shfl_xor_sync(0xffffffffu, count, offset);
        merge(mean, m2, count, mean_b, m2_b, count_b);
    }
    float scale = rsqrtf(m2 / (float)cols + eps);
    float* out = y + (long long)row * cols;
    for (int c = lane; c < cols; c += 32) {
        out[c] = (in[c] - mean) * scale * gain[c] + shift[c];
    }
}

// RMS norm over rows, one block per row, float4 loads.
extern "C" __global__ void rms_norm(float4* y, const float4* x, const float4* gain, int cols4,
                                    float eps) {
    __shared__ float warp_sums[32];
    const float4* in = x + (long long)blockIdx.x * cols4;
    float4* out = y + (long long)blockIdx.x * cols4;
    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols4; c += blockDim.x) {
        float4 v = in[c];
        sum += v.x * v.x + v.y * v.y + v.z * v.z + v.w * v.w;
    }
    for (int offset = 16; offset > 0; offset >>= 1) {
        sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (threadIdx.x % 32 == 0) warp_sums[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x < 32) {
        int warps = (blockDim.x + 31) / 32;
        sum = threadIdx.x < warps ? warp_sums[threadIdx.x] : 0.0f;
        for (int offset = 16; offset > 0; offset >>= 1) {
            sum += __shfl_xor_sync(0xffffffffu, sum, offset);
        }
        if (threadIdx.x == 0) warp_sums[0] = sum;
    }
    __syncthreads();
    float scale = rsqrtf(warp_sums[0] / (float)(cols4 * 4) + eps);
    for (int c = threadIdx.x; c < cols4; c += blockDim.x) {
        float4 v = in[c];
        float4 g = gain[c];
        v.x = v.x * scale * g.x;
        v.y = v.y * scale * g.y;
        v.z = v.z * scale * g.z;
        v.w = v.w * scale * g.w;
        out[c] = v;
    }
}

// Histogram of bytes with 256 counters per block in shared memory.
extern "C" __global__ void histogram(unsigned int* counts, const unsigned char* data, int n) {
    __shared__ unsigned int local[256];
    for (int i = threadIdx.x; i < 256; i += blockDim.x) local[i] = 0;
    __syncthreads();
    int stride = gridDim.x * blockDim.x;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += stride) {
        atomicAdd(&local[data[i]], 1u);
    }
    __syncthreads();
    for (int i = threadIdx.x; i < 256; i += blockDim.x) {
        if (local[i] != 0) atomicAdd(&counts[i], local[i]);
    }
}

// Inclusive sum of each block's elements: warps by shuffles, then their totals.
extern "C" __global__ void scan(int* out, int* totals, const int* in, int n) {
    __shared__ int warp_totals[32];
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    int lane = threadIdx.x & 31;
    int warp = threadIdx.x >> 5;
    int value = i < n ? in[i] : 0;
    for (int offset = 1; offset < 32; offset <<= 1) {
        int other = __shfl_up_sync(0xffffffffu, value, offset);
        if (lane >= offset) value += other;
    }
    if (lane == 31) warp_totals[warp] = value;
    __syncthreads();
    if (warp == 0) {
        int total = lane < (blockDim.x >> 5) ? warp_totals[lane] : 0;
        for (int offset = 1; offset < 32; offset <<= 1) {
            int other = __shfl_up_sync(0xffffffffu, total, offset);
            if (lane >= offset) total += other;
        }
        warp_totals[lane] = total;
    }
    __syncthreads();
    if (warp > 0) value += warp_totals[warp - 1];
    if (i < n) out[i] = value;
    if (threadIdx.x == blockDim.x - 1) totals[blockIdx.x] = value;
}

// Seven-point stencil on a grid of nx by ny by nz, planes kept in registers along z.
extern "C" __global__ void stencil(float* out, const float* in, int nx, int ny, int nz, float c0,
                                   float c1) {
    __shared__ float plane[18][34];
    int tx = threadIdx.x + 1;
    int ty = threadIdx.y + 1;
    int x = blockIdx.x * 32 + threadIdx.x;
    int y = blockIdx.y * 16 + threadIdx.y;
    bool inside = x > 0 && y > 0 && x < nx - 1 && y < ny - 1;
    bool loaded = x < nx && y < ny;
    int step = nx * ny;
    int at = y * nx + x;
    float below = loaded ? in[at] : 0.0f;
    float here = loaded && nz > 1 ? in[at + step] : 0.0f;
    for (int z = 1; z < nz - 1; z++) {
        at += step;
        float above = loaded ? in[at + step] : 0.0f;
        __syncthreads();
        plane[ty][tx] = here;
        if (threadIdx.x == 0 && x > 0 && y < ny) plane[ty][0] = in[at - 1];
        if (threadIdx.x == 31 && x < nx - 1 && y < ny) plane[ty][33] = in[at + 1];
        if (threadIdx.y == 0 && y > 0 && x < nx) plane[0][tx] = in[at - nx];
        if (threadIdx.y == 15 && y < ny - 1 && x < nx) plane[17][tx] = in[at + nx];
        __syncthreads();
        if (inside) {
            float around = plane[ty][tx - 1] + plane[ty][tx + 1] + plane[ty - 1][tx] +
                           plane[ty + 1][tx] + below + above;
            out[at] = c0 * here + c1 * around;
        }
        below = here;
        here = above;
    }
}

// Causal attention for one head: scores, online softmax and values, one warp per query.
#define HEAD 64

extern "C" __global__ void attention(float* out, const float* q, const float* k, const float* v,
                                     int tokens, float scale) {
    int query = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    int lane = threadIdx.x % 32;
    if (query >= tokens) return;
    float q0 = q[query * HEAD + lane] * scale;
    float q1 = q[query * HEAD + lane + 32] * scale;
    float running_max = -3.402823466e+38f;
    float running_sum = 0.0f;
    float acc0 = 0.0f, acc1 = 0.0f;
    for (int key = 0; key <= query; key++) {
        const float* row = k + key * HEAD;
        float score = q0 * row[lane] + q1 * row[lane + 32];
        for (int offset = 16; offset > 0; offset >>= 1) {
            score += __shfl_xor_sync(0xffffffffu, score, offset);
        }
        float new_max = fmaxf(running_max, score);
        float correction = __expf(running_max - new_max);
        float p = __expf(score - new_max);
        running_sum = running_sum * correction + p;
        acc0 = acc0 * correction + p * v[key * HEAD + lane];
        acc1 = acc1 * correction + p * v[key * HEAD + lane + 32];
        running_max = new_max;
    }
    float inverse = 1.0f / running_sum;
    out[query * HEAD + lane] = acc0 * inverse;
    out[query * HEAD + lane + 32] = acc1 * inverse;
}
#undef HEAD

// One step of Adam with decoupled weight decay.
extern "C" __global__ void adam(float* weight, float* first, float* second, const float* gradient,
                                int n, float rate, float beta1, float beta2, float eps,
                                float decay, float correction1, float correction2) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    float g = gradient[i];
    float m = beta1 * first[i] + (1.0f - beta1) * g;
    float v = beta2 * second[i] + (1.0f - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    float step = (m * correction1) / (sqrtf(v * correction2) + eps);
    weight[i] -= rate * (step + decay * weight[i]);
}

// Rotary position embedding on pairs of neighbouring elements.
extern "C" __global__ void rope(float2* x, const float* frequency, int tokens, int heads,
                                int pairs) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= tokens * heads * pairs) return;
    int pair = i % pairs;
    int token = i / (pairs * heads);
    float angle = (float)token * frequency[pair];
    float s = sinf(angle);
    float c = cosf(angle);
    float2 v = x[i];
    float2 r;
    r.x = v.x * c - v.y * s;
    r.y = v.x * s + v.y * c;
    x[i] = r;
}

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

// Max pooling, 3 by 3 with stride 2 and padding 1, planes of h by w.
extern "C" __global__ void maxpool(float* out, const float* in, int planes, int h, int w, int oh,
                                   int ow) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= planes * oh * ow) return;
    int ox = i % ow;
    int oy = (i / ow) % oh;
    const float* plane = in + (long long)(i / (ow * oh)) * h * w;
    float best = -3.402823466e+38f;
    for (int dy = -1; dy <= 1; dy++) {
        int y = oy * 2 + dy;
        if (y < 0 || y >= h) continue;
        for (int dx = -1; dx <= 1; dx++) {
            int x = ox * 2 + dx;
            if (x >= 0 && x < w) best = fmaxf(best, plane[y * w + x]);
        }
    }
    out[i] = best;
}

// Convolution of one image with 3 by 3 filters, stride 1 and padding 1; a tile of the image and the
// filters of eight output channels in shared memory.
#define TW 32
#define TH 8
#define OC 8

extern "C" __global__ void conv3x3(float* out, const float* in, const float* filter,
                                   const float* bias, int channels, int outputs, int h, int w) {
    __shared__ float tile[TH + 2][TW + 2];
    __shared__ float taps[OC][9];
    int x = blockIdx.x * TW + threadIdx.x;
    int y = blockIdx.y * TH + threadIdx.y;
    int first = blockIdx.z * OC;
    int t = threadIdx.y * TW + threadIdx.x;
    float acc[OC];
#pragma unroll
    for (int o = 0; o < OC; o++) acc[o] = first + o < outputs ? bias[first + o] : 0.0f;
    for (int c = 0; c < channels; c++) {
        for (int e = t; e < (TH + 2) * (TW + 2); e += TW * TH) {
            int ty = e / (TW + 2);
            int tx = e % (TW + 2);
            int iy = (int)blockIdx.y * TH + ty - 1;
            int ix = (int)blockIdx.x * TW + tx - 1;
            bool inside = iy >= 0 && iy < h && ix >= 0 && ix < w;
            tile[ty][tx] = inside ? in[(c * h + iy) * w + ix] : 0.0f;
        }
        for (int e = t; e < OC * 9; e += TW * TH) {
            int o = e / 9;
            taps[o][e % 9] =
                first + o < outputs ? filter[((first + o) * channels + c) * 9 + e % 9] : 0.0f;
        }
        __syncthreads();
        float window[9];
#pragma unroll
        for (int j = 0; j < 9; j++) window[j] = tile[threadIdx.y + j / 3][threadIdx.x + j % 3];
#pragma unroll
        for (int o = 0; o < OC; o++) {
#pragma unroll
            for (int j = 0; j < 9; j++) acc[o] += window[j] * taps[o][j];
        }
        __syncthreads();
    }
    if (x >= w || y >= h) return;
#pragma unroll
    for (int o = 0; o < OC; o++) {
        if (first + o < outputs) out[((first + o) * h + y) * w + x] = acc[o];
    }
}
#undef TW
#undef TH
#undef OC
