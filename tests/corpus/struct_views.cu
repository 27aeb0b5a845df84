// EXPECT: 5 3 4 3 3.5 6 2 0
struct View {
  float* data;
  int rows, cols;
  __host__ __device__ float& at(int r, int c) { return data[r * cols + c]; }
  __host__ __device__ float at(int r, int c) const { return data[r * cols + c]; }
};
struct Two {
  View a;
  const float* w;
};
__host__ __device__ void body(int i, double* o) {
  float buf[6] = {1, 2, 3, 4, 5, 6};
  View v = {buf, 2, 3};
  v.at(1, 1) = i;
  Two t = {v, buf + 2};
  t.a.at(0, 0) *= 3;
  o[0] = t.a.at(1, 1);
  o[1] = buf[0];
  o[2] = t.w[1];
  const View& c = t.a;
  o[3] = c.at(0, 0);
  t.a.data[2] += 0.5f;
  o[4] = *t.w;
  View* pv = &t.a;
  o[5] = pv->at(1, 2);
  o[6] = (*pv).rows;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
