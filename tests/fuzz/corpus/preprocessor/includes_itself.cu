#ifndef A
#define A
#include "self.h"
#include <cuda_runtime.h>
#else
int twice;
#endif
