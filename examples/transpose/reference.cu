// Matrix transpose by its definition.
__global__ void reference(float* out, const float* in, int rows, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < rows * cols) out[(i % cols) * rows + i / cols] = in[i];
}

extern "C" void launch(float* out, const float* in, int rows, int cols) {
    reference<<<(rows * cols + 127) / 128, 128>>>(out, in, rows, cols);
}
