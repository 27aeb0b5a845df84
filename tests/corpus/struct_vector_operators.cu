// EXPECT: 2.5 12.5 10.5 -2 7 0 0 0
__host__ __device__ float4 operator+(float4 a, float4 b) {
  return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);
}
__host__ __device__ float4 operator*(float4 a, float s) {
  return make_float4(a.x * s, a.y * s, a.z * s, a.w * s);
}
__host__ __device__ float4& operator+=(float4& a, const float4& b) {
  a.x += b.x;
  a.y += b.y;
  a.z += b.z;
  a.w += b.w;
  return a;
}
__host__ __device__ float2 operator-(const float2& a) { return make_float2(-a.x, -a.y); }
struct P {
  float4 v;
  float2 w;
};
__host__ __device__ void body(int i, double* o) {
  float4 a = make_float4(1, 2, 3, i);
  float4 b = a + a * 0.5f;
  b += a;
  P p = {b, {1.f, 2.f}};
  p.v += a;
  p.w = -p.w;
  o[0] = b.x;
  o[1] = b.w;
  o[2] = p.v.z;
  o[3] = p.w.y;
  o[4] = (a + b).y;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
