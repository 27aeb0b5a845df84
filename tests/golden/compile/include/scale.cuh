#pragma once
#include "deep/offset.h"
__device__ int Scale(int x) { return x * kFactor; }
