constexpr int kFactor = 3;
