// One training step of a two-layer perceptron: forward with block partial sums, weight adjustment.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include "cuda_runtime.h"
#include "device_launch_parameters.h"

#define WIDTH 16
#define HEIGHT 16
#define ETA 0.3f
#define MOMENTUM 0.3f

typedef struct {
    int input_n, hidden_n, output_n;
    float *input_units, *hidden_units, *output_units;
    float *hidden_delta, *output_delta, *target;
    float **input_weights, **hidden_weights;
    float **input_prev_weights, **hidden_prev_weights;
} BPNN;

static float* alloc_1d(int n) { return (float*)calloc(n, sizeof(float)); }
static float** alloc_2d(int m, int n)
{
    float** p = (float**)malloc(m * sizeof(float*));
    for (int i = 0; i < m; i++) p[i] = alloc_1d(n);
    return p;
}
static void free_2d(float** p, int m)
{
    for (int i = 0; i < m; i++) free(p[i]);
    free(p);
}
static float squash(float x) { return 1.0f / (1.0f + expf(-x)); }

__global__ void layerforward(const float* input, float* input_hidden, float* partial, int in, int hid)
{
    int by = blockIdx.y, tx = threadIdx.x, ty = threadIdx.y;
    int index = (hid + 1) * HEIGHT * by + (hid + 1) * ty + tx + 1 + (hid + 1);
    int index_in = HEIGHT * by + ty + 1;
    __shared__ float input_node[HEIGHT];
    __shared__ float weight_matrix[HEIGHT][WIDTH];
    if (tx == 0) input_node[ty] = input[index_in];
    __syncthreads();
    weight_matrix[ty][tx] = input_hidden[index];
    __syncthreads();
    weight_matrix[ty][tx] = weight_matrix[ty][tx] * input_node[ty];
    __syncthreads();
    for (int i = 1; i <= (int)__log2f(HEIGHT); i++) {
        int power_two = (int)__powf(2, i);
        if (ty % power_two == 0) weight_matrix[ty][tx] += weight_matrix[ty + power_two / 2][tx];
        __syncthreads();
    }
    if (tx == 0) partial[by * hid + ty] = weight_matrix[tx][ty];
}

__global__ void adjust_weights(const float* delta, int hid, const float* ly, float* w, float* oldw)
{
    int by = blockIdx.y, tx = threadIdx.x, ty = threadIdx.y;
    int index = (hid + 1) * HEIGHT * by + (hid + 1) * ty + tx + 1 + (hid + 1);
    int index_y = HEIGHT * by + ty + 1;
    int index_x = tx + 1;
    float d = ETA * delta[index_x] * ly[index_y] + MOMENTUM * oldw[index];
    w[index] += d;
    oldw[index] = d;
}

int main(void)
{
    BPNN net = {};
    net.input_n = 512; net.hidden_n = 16; net.output_n = 1;
    net.input_units = alloc_1d(net.input_n + 1);
    net.hidden_units = alloc_1d(net.hidden_n + 1);
    net.output_units = alloc_1d(net.output_n + 1);
    net.hidden_delta = alloc_1d(net.hidden_n + 1);
    net.output_delta = alloc_1d(net.output_n + 1);
    net.target = alloc_1d(net.output_n + 1);
    net.input_weights = alloc_2d(net.input_n + 1, net.hidden_n + 1);
    net.input_prev_weights = alloc_2d(net.input_n + 1, net.hidden_n + 1);
    net.hidden_weights = alloc_2d(net.hidden_n + 1, net.output_n + 1);
    net.hidden_prev_weights = alloc_2d(net.hidden_n + 1, net.output_n + 1);
    srand(7);
    for (int i = 1; i <= net.input_n; i++) net.input_units[i] = (float)rand() / RAND_MAX;
    for (int i = 0; i <= net.input_n; i++)
        for (int j = 0; j <= net.hidden_n; j++) net.input_weights[i][j] = 0.1f * ((float)rand() / RAND_MAX - 0.5f);
    for (int i = 0; i <= net.hidden_n; i++)
        for (int j = 0; j <= net.output_n; j++) net.hidden_weights[i][j] = (float)rand() / RAND_MAX - 0.5f;
    net.target[1] = 0.1f;

    // forward on the device
    const int in = net.input_n, hid = net.hidden_n, blocks = in / HEIGHT;
    float *d_in, *d_w, *d_prev, *d_partial, *d_delta;
    const size_t wcount = (size_t)(in + 1) * (hid + 1);
    float* flat = (float*)malloc(wcount * sizeof(float));
    for (int i = 0, k = 0; i <= in; i++)
        for (int j = 0; j <= hid; j++) flat[k++] = net.input_weights[i][j];
    net.input_units[0] = 1.0f;
    cudaMalloc((void**)&d_in, (in + 1) * sizeof(float));
    cudaMalloc((void**)&d_w, wcount * sizeof(float));
    cudaMalloc((void**)&d_prev, wcount * sizeof(float));
    cudaMalloc((void**)&d_partial, blocks * WIDTH * sizeof(float));
    cudaMalloc((void**)&d_delta, (hid + 1) * sizeof(float));
    cudaMemcpy(d_in, net.input_units, (in + 1) * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpy(d_w, flat, wcount * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemset(d_prev, 0, wcount * sizeof(float));
    dim3 grid(1, blocks), threads(WIDTH, HEIGHT);
    layerforward<<<grid, threads>>>(d_in, d_w, d_partial, in, hid);
    std::vector<float> partial(blocks * WIDTH);
    cudaMemcpy(partial.data(), d_partial, partial.size() * sizeof(float), cudaMemcpyDeviceToHost);
    float worst = 0;
    for (int j = 1; j <= hid; j++) {
        float sum = 0;
        for (int k = 0; k < blocks; k++) sum += partial[k * hid + j - 1];
        sum += net.input_weights[0][j];
        net.hidden_units[j] = squash(sum);
        double ref = net.input_weights[0][j];
        for (int i = 1; i <= in; i++) ref += (double)net.input_weights[i][j] * net.input_units[i];
        worst = fmaxf(worst, fabsf(sum - (float)ref));
    }
    net.hidden_units[0] = 1.0f;
    float o = 0;
    for (int j = 0; j <= hid; j++) o += net.hidden_weights[j][1] * net.hidden_units[j];
    net.output_units[1] = squash(o);
    const float ov = net.output_units[1];
    net.output_delta[1] = ov * (1 - ov) * (net.target[1] - ov);
    for (int j = 1; j <= hid; j++) {
        const float h = net.hidden_units[j];
        net.hidden_delta[j] = h * (1 - h) * net.output_delta[1] * net.hidden_weights[j][1];
    }
    cudaMemcpy(d_delta, net.hidden_delta, (hid + 1) * sizeof(float), cudaMemcpyHostToDevice);
    for (int step = 0; step < 3; ++step) adjust_weights<<<grid, threads>>>(d_delta, hid, d_in, d_w, d_prev);
    cudaMemcpy(flat, d_w, wcount * sizeof(float), cudaMemcpyDeviceToHost);
    float worstW = 0;
    for (int i = 1; i <= in; i++)
        for (int j = 1; j <= hid; j++) {
            float w = net.input_weights[i][j], old = 0;
            for (int step = 0; step < 3; ++step) {
                float d = ETA * net.hidden_delta[j] * net.input_units[i] + MOMENTUM * old;
                w += d;
                old = d;
            }
            worstW = fmaxf(worstW, fabsf(w - flat[i * (hid + 1) + j]));
        }
    cudaFree(d_in); cudaFree(d_w); cudaFree(d_prev); cudaFree(d_partial); cudaFree(d_delta);
    free(flat);
    free(net.input_units); free(net.hidden_units); free(net.output_units); free(net.hidden_delta);
    free(net.output_delta); free(net.target);
    free_2d(net.input_weights, in + 1); free_2d(net.input_prev_weights, in + 1);
    free_2d(net.hidden_weights, hid + 1); free_2d(net.hidden_prev_weights, hid + 1);
    if (cudaGetLastError() != cudaSuccess || worst > 1e-4f || worstW > 1e-6f) {
        printf("FAIL sums off by %g, weights by %g\n", worst, worstW);
        return 1;
    }
    printf("PASS backprop: sums off by %.2g, weights by %.2g\n", worst, worstW);
    return 0;
}
