#include "target/cuda/counters.h"

namespace ws::target::cuda {
namespace {

constexpr CounterInfo kCounters[] = {
#define COUNTER(field, metric, unit, meaning) {#field, metric, unit, meaning, &Counters::field},
#include "target/cuda/counters.def"
#undef COUNTER
};

}  // namespace

std::span<const CounterInfo> CounterTable() { return kCounters; }

}  // namespace ws::target::cuda
