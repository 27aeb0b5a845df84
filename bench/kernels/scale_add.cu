// y = a * x + y over a grid-stride loop.
extern "C" __global__ void scale_add(float* y, const float* x, float a, int n) {
    int stride = gridDim.x * blockDim.x;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += stride) {
        y[i] = a * x[i] + y[i];
    }
}
