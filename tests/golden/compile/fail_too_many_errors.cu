// RUN: compile %s
// The first 63 mistakes are shown.
__global__ void Store(int* y) {
  y[0] = tidx; y[1] = tidx; y[2] = tidx; y[3] = tidx; y[4] = tidx;
  y[5] = tidx; y[6] = tidx; y[7] = tidx; y[8] = tidx; y[9] = tidx;
  y[10] = tidx; y[11] = tidx; y[12] = tidx; y[13] = tidx; y[14] = tidx;
  y[15] = tidx; y[16] = tidx; y[17] = tidx; y[18] = tidx; y[19] = tidx;
  y[20] = tidx; y[21] = tidx; y[22] = tidx; y[23] = tidx; y[24] = tidx;
  y[25] = tidx; y[26] = tidx; y[27] = tidx; y[28] = tidx; y[29] = tidx;
  y[30] = tidx; y[31] = tidx; y[32] = tidx; y[33] = tidx; y[34] = tidx;
  y[35] = tidx; y[36] = tidx; y[37] = tidx; y[38] = tidx; y[39] = tidx;
  y[40] = tidx; y[41] = tidx; y[42] = tidx; y[43] = tidx; y[44] = tidx;
  y[45] = tidx; y[46] = tidx; y[47] = tidx; y[48] = tidx; y[49] = tidx;
  y[50] = tidx; y[51] = tidx; y[52] = tidx; y[53] = tidx; y[54] = tidx;
  y[55] = tidx; y[56] = tidx; y[57] = tidx; y[58] = tidx; y[59] = tidx;
  y[60] = tidx; y[61] = tidx; y[62] = tidx; y[63] = tidx; y[64] = tidx;
  y[65] = tidx; y[66] = tidx; y[67] = tidx; y[68] = tidx; y[69] = tidx;
}
// STDERR:
// fail_too_many_errors.cu:4:10: error: 'tidx' is not declared [unknown-name]
// ...
// fail_too_many_errors.cu:16:53: error: too many errors; the rest is not shown [too-many-errors]
//     y[60] = tidx; y[61] = tidx; y[62] = tidx; y[63] = tidx; y[64] = tidx;
//                                                       ^~~~
