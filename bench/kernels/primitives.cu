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
