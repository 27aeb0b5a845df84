// Thermal simulation on a chip: several time steps per launch in a shrinking shared tile.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

constexpr int BLOCK_SIZE = 16;
constexpr float MAX_PD = 3.0e6f;
constexpr float PRECISION = 0.001f;
constexpr float SPEC_HEAT_SI = 1.75e6f;
constexpr float K_SI = 100.0f;
constexpr float FACTOR_CHIP = 0.5f;
constexpr float t_chip = 0.0005f, chip_height = 0.016f, chip_width = 0.016f, amb_temp = 80.0f;

#define IN_RANGE(x, lo, hi) ((x) >= (lo) && (x) <= (hi))
#define CLAMP_RANGE(x, lo, hi) ((x) < (lo) ? (lo) : ((x) > (hi) ? (hi) : (x)))

static inline void check(cudaError_t e, const char* what)
{
    if (e != cudaSuccess) {
        std::fprintf(stderr, "%s failed: %s\n", what, cudaGetErrorString(e));
        std::exit(2);
    }
}
#define CHECK(x) check((x), #x)

struct Params {
    int cols, rows;
    int border;
    float Rx_1, Ry_1, Rz_1, step_div_Cap;
};

__global__ void calculate_temp(int iteration, const float* power, const float* temp_src, float* temp_dst,
                               const Params p)
{
    __shared__ float temp_on_cuda[BLOCK_SIZE][BLOCK_SIZE];
    __shared__ float power_on_cuda[BLOCK_SIZE][BLOCK_SIZE];
    __shared__ float temp_t[BLOCK_SIZE][BLOCK_SIZE];

    const int tx = threadIdx.x, ty = threadIdx.y;
    const int small = BLOCK_SIZE - iteration * 2;
    const int blkY = small * blockIdx.y - p.border, blkX = small * blockIdx.x - p.border;
    const int yidx = blkY + ty, xidx = blkX + tx;
    const int index = p.cols * yidx + xidx;

    const bool inside = IN_RANGE(yidx, 0, p.rows - 1) && IN_RANGE(xidx, 0, p.cols - 1);
    if (inside) {
        temp_on_cuda[ty][tx] = temp_src[index];
        power_on_cuda[ty][tx] = power[index];
    } else {
        temp_on_cuda[ty][tx] = 0.0f;
        power_on_cuda[ty][tx] = 0.0f;
    }
    __syncthreads();

    const int validYmin = blkY < 0 ? -blkY : 0;
    const int validYmax = blkY + BLOCK_SIZE - 1 > p.rows - 1 ? BLOCK_SIZE - 1 - (blkY + BLOCK_SIZE - p.rows) : BLOCK_SIZE - 1;
    const int validXmin = blkX < 0 ? -blkX : 0;
    const int validXmax = blkX + BLOCK_SIZE - 1 > p.cols - 1 ? BLOCK_SIZE - 1 - (blkX + BLOCK_SIZE - p.cols) : BLOCK_SIZE - 1;

    int N = ty - 1, S = ty + 1, W = tx - 1, E = tx + 1;
    N = max(N, validYmin);
    S = min(S, validYmax);
    W = CLAMP_RANGE(W, validXmin, validXmax);
    E = CLAMP_RANGE(E, validXmin, validXmax);

    bool computed = false;
    for (int i = 0; i < iteration; i++) {
        computed = false;
        if (IN_RANGE(tx, i + 1, BLOCK_SIZE - i - 2) && IN_RANGE(ty, i + 1, BLOCK_SIZE - i - 2) &&
            IN_RANGE(tx, validXmin, validXmax) && IN_RANGE(ty, validYmin, validYmax)) {
            computed = true;
            temp_t[ty][tx] = temp_on_cuda[ty][tx] + p.step_div_Cap * (power_on_cuda[ty][tx] +
                (temp_on_cuda[S][tx] + temp_on_cuda[N][tx] - 2.0f * temp_on_cuda[ty][tx]) * p.Ry_1 +
                (temp_on_cuda[ty][E] + temp_on_cuda[ty][W] - 2.0f * temp_on_cuda[ty][tx]) * p.Rx_1 +
                (amb_temp - temp_on_cuda[ty][tx]) * p.Rz_1);
        }
        __syncthreads();
        if (i == iteration - 1) break;
        if (computed) temp_on_cuda[ty][tx] = temp_t[ty][tx];
        __syncthreads();
    }
    if (computed) temp_dst[index] = temp_t[ty][tx];
}

int main()
{
    const int rows = 70, cols = 53, total = 12, pyramid = 2;
    std::vector<float> temp(rows * cols), power(rows * cols);
    unsigned s = 7;
    auto rnd = [&s]() { s = s * 1103515245u + 12345u; return (float)((s >> 16) & 0x7fff) / 32768.0f; };
    for (auto& t : temp) t = 320.0f + 20.0f * rnd();
    for (auto& w : power) w = 0.01f * rnd();

    const float gh = chip_height / rows, gw = chip_width / cols;
    const float Cap = FACTOR_CHIP * SPEC_HEAT_SI * t_chip * gw * gh;
    const float Rx = gw / (2.0f * K_SI * t_chip * gh), Ry = gh / (2.0f * K_SI * t_chip * gw);
    const float Rz = t_chip / (K_SI * gh * gw);
    const float max_slope = MAX_PD / (FACTOR_CHIP * t_chip * SPEC_HEAT_SI);
    const float step = PRECISION / max_slope;
    Params prm{cols, rows, pyramid, 1 / Rx, 1 / Ry, 1 / Rz, step / Cap};

    std::vector<float> a = temp, b(rows * cols);
    for (int it = 0; it < total; ++it) {
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < cols; ++c) {
                const float t = a[r * cols + c];
                const float n = a[(r ? r - 1 : 0) * cols + c], so = a[(r < rows - 1 ? r + 1 : r) * cols + c];
                const float w = a[r * cols + (c ? c - 1 : 0)], e = a[r * cols + (c < cols - 1 ? c + 1 : c)];
                b[r * cols + c] = t + prm.step_div_Cap * (power[r * cols + c] + (so + n - 2 * t) * prm.Ry_1 +
                                  (e + w - 2 * t) * prm.Rx_1 + (amb_temp - t) * prm.Rz_1);
            }
        std::swap(a, b);
    }

    float *MatrixTemp[2], *MatrixPower;
    const size_t bytes = sizeof(float) * rows * cols;
    CHECK(cudaMalloc((void**)&MatrixTemp[0], bytes));
    CHECK(cudaMalloc((void**)&MatrixTemp[1], bytes));
    CHECK(cudaMalloc((void**)&MatrixPower, bytes));
    CHECK(cudaMemcpy(MatrixTemp[0], temp.data(), bytes, cudaMemcpyHostToDevice));
    CHECK(cudaMemcpy(MatrixPower, power.data(), bytes, cudaMemcpyHostToDevice));
    int src = 1, dst = 0;
    const int small = BLOCK_SIZE - pyramid * 2;
    dim3 dimBlock(BLOCK_SIZE, BLOCK_SIZE), dimGrid((cols + small - 1) / small, (rows + small - 1) / small);
    for (int t = 0; t < total; t += pyramid) {
        int tmp = src; src = dst; dst = tmp;
        calculate_temp<<<dimGrid, dimBlock>>>(std::min(pyramid, total - t), MatrixPower, MatrixTemp[src], MatrixTemp[dst], prm);
        CHECK(cudaGetLastError());
    }
    std::vector<float> out(rows * cols);
    CHECK(cudaMemcpy(out.data(), MatrixTemp[dst], bytes, cudaMemcpyDeviceToHost));
    for (float* m : {MatrixTemp[0], MatrixTemp[1], MatrixPower}) CHECK(cudaFree(m));

    float worst = 0;
    for (int i = 0; i < rows * cols; ++i) worst = std::fmax(worst, std::fabs(out[i] - a[i]));
    if (!(worst < 1e-2f)) { printf("FAIL max error %g\n", worst); return 1; }   // 12 steps at ~340: a few ulps each
    printf("PASS hotspot %dx%d, %d steps, max error %g\n", rows, cols, total, worst);
    return 0;
}
