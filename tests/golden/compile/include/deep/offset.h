#ifndef OFFSET_H
#define OFFSET_H
#include "factor.h"
constexpr int kOffset = 5;
#endif
