// Halves and bfloat16 beyond the range of short and char become the nearest; a constant is rounded once.
// RUN: run %s --front native
#include <cstdio>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
__global__ void k(float f,int*o){ __nv_bfloat16 b=__float2bfloat16(f); __half h=__float2half(f); o[0]=__bfloat162short_rz(b); o[1]=__bfloat162ushort_rn(b); o[2]=(short)b; o[3]=(signed char)b; o[4]=(unsigned char)b; o[5]=(unsigned short)b; o[6]=(short)h; o[7]=(signed char)h; o[8]=__half2short_rz(h); o[9]=(int)b; o[10]=(unsigned)b; o[11]=(unsigned char)h; o[12]=(char)b;}
int main(){ int*d,h[13]; cudaMalloc(&d,64); float v[]={1e5f,-1e5f,300.f,-300.f,1e20f,-5.f,40000.f}; for(float f:v){ k<<<1,1>>>(f,d); cudaMemcpy(h,d,52,cudaMemcpyDeviceToHost); printf("%g: ",f); for(int i=0;i<13;i++)printf("%d ",h[i]); puts(""); } cudaFree(d); }
// STDOUT:
// 100000: 32767 65535 32767 127 255 65535 32767 127 32767 99840 99840 255 127
// -100000: -32768 0 -32768 -128 0 0 -32768 -128 -32768 -99840 0 0 -128
// 300: 300 300 300 127 255 300 300 127 300 300 300 255 127
// -300: -300 0 -300 -128 0 0 -300 -128 -300 -300 0 0 -128
// 1e+20: 32767 65535 32767 127 255 65535 32767 127 32767 2147483647 -1 255 127
// -5: -5 0 -5 -5 0 0 -5 -5 -5 -5 0 0 -5
// 40000: 32767 39936 32767 127 255 39936 32767 127 32767 39936 39936 255 127
// main(): ok; 7 launches, 245 warp instructions, engine time {{[0-9.]+}} ms
