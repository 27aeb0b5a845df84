#include "exec/domain/lane_math.h"

#include <bit>
#include <cfloat>
#include <cmath>

#include "base/independent.h"
#include "exec/domain/error.h"

namespace ws::exec {
namespace {

using ir::Op;
using ir::Type;

double ProductVariance(const ShadowLanes& a, const ShadowLanes& b, int k) {
  return a.variance[k] * Square(b.value[k]) + b.variance[k] * Square(a.value[k]);
}

void FinishLanes(ShadowLanes& r) {
  WS_EACH_LANE {
    const double m = r.magnitude[k], v = std::fabs(r.value[k]);
    r.magnitude[k] = m <= DBL_MAX ? m : v;
  }
}

}  // namespace

uint32_t LaneOperation(const ir::Inst& inst, const ShadowLanes* const* s, uint32_t lanes,
                       ShadowLanes& r) {
  switch (inst.op) {
    case Op::kMov:
      r = *s[0];
      return 0;
    case Op::kAdd:
    case Op::kSub: {
      const double sign = inst.op == Op::kAdd ? 1 : -1;
      WS_EACH_LANE {
        r.value[k] = s[0]->value[k] + sign * s[1]->value[k];
        r.magnitude[k] = s[0]->magnitude[k] + s[1]->magnitude[k];
        r.variance[k] =
            s[0]->variance[k] + s[1]->variance[k] + Square(s[0]->value[k]) + Square(s[1]->value[k]);
        r.roundings[k] = s[0]->roundings[k] + s[1]->roundings[k] + 1;
      }
      FinishLanes(r);
      return 0;
    }
    case Op::kMul:
      WS_EACH_LANE {
        r.value[k] = s[0]->value[k] * s[1]->value[k];
        r.magnitude[k] = s[0]->magnitude[k] * s[1]->magnitude[k];
        r.variance[k] = ProductVariance(*s[0], *s[1], k) + Square(r.value[k]);
        const float before = s[0]->roundings[k] + s[1]->roundings[k];
        r.roundings[k] = before + (before > 0 ? 6.0f : 1.0f);
      }
      FinishLanes(r);
      return 0;
    case Op::kFma:
      if (inst.type == Type::kF64) {
        for (int k = 0; k < 32; ++k) {
          r.value[k] = std::fma(s[0]->value[k], s[1]->value[k], s[2]->value[k]);
        }
      } else {  // a double has bits to spare
        WS_EACH_LANE r.value[k] = s[0]->value[k] * s[1]->value[k] + s[2]->value[k];
      }
      WS_EACH_LANE {
        r.magnitude[k] = s[0]->magnitude[k] * s[1]->magnitude[k] + s[2]->magnitude[k];
        r.variance[k] = ProductVariance(*s[0], *s[1], k) + s[2]->variance[k] +
                        Square(s[0]->value[k] * s[1]->value[k]) + Square(s[2]->value[k]);
        r.roundings[k] = s[0]->roundings[k] + s[1]->roundings[k] + s[2]->roundings[k] + 2;
      }
      FinishLanes(r);
      return 0;
    case Op::kNeg:
      r = *s[0];
      WS_EACH_LANE r.value[k] = -r.value[k];
      return 0;
    case Op::kAbs:
      r = *s[0];
      WS_EACH_LANE r.value[k] = std::fabs(r.value[k]);
      return 0;
    default:
      break;
  }
  uint32_t lost = 0;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const auto lane = static_cast<uint32_t>(std::countr_zero(rest));
    ShadowValue v[2];
    for (uint32_t k = 0; k < 2 && s[k] != nullptr; ++k) {
      v[k] = {.value = s[k]->value[lane],
              .magnitude = s[k]->magnitude[lane],
              .variance = s[k]->variance[lane],
              .roundings = s[k]->roundings[lane]};
    }
    bool known = true;
    const ShadowValue result = inst.op == Op::kDiv
                                   ? DivShadow(v[0], v[1], CostOf(Op::kDiv, inst.round))
                                   : UnaryShadow(inst.op, inst.round, v[0], &known);
    r.value[lane] = result.value;
    r.magnitude[lane] = result.magnitude;
    r.variance[lane] = result.variance;
    r.roundings[lane] = result.roundings;
    if (!known) lost |= 1u << lane;
  }
  return lost;
}

void SaturateLanes(ShadowLanes& lanes) {
  WS_EACH_LANE {
    const double v = lanes.value[k];
    lanes.value[k] = v >= 1 ? 1 : v <= 0 ? 0 : v;
  }
}

#undef WS_EACH_LANE

}  // namespace ws::exec
