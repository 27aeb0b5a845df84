#include "again.h"
constexpr int kAgain = 1;
