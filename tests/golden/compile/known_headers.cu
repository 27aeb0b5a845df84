// RUN: compile %s
// Headers whose names are not used do no harm.
#include <bits/stdc++.h>
#include <ciso646>
#include <cfenv>
#include <ios>
#include <version>
#include <complex.h>
#include <fenv.h>
#include <locale.h>
#include <wchar.h>
#include <getopt.h>
#include <sys/time.h>
#include <unistd.h>
#include <cub/block/block_reduce.cuh>
#include <cub/device/device_scan.cuh>
#include <cub/warp/warp_reduce.cuh>
#include <cuda/std/complex>
#include <thrust/iterator/discard_iterator.h>
int main() { return 0; }
