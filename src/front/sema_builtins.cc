// device-clean
// Calls of builtin functions: overloads, conversions, folding.
#include <bit>

#include "front/constants.h"
#include "front/copies.h"
#include "front/ranks.h"
#include "front/signature.h"
#include "front/walker.h"

namespace ws::front {
namespace {

WS_HD bool HostOnly(BuiltinHow how) {
  switch (how) {
    case BuiltinHow::kRt:
    case BuiltinHow::kActiveBlocks:
    case BuiltinHow::kBestBlock:
    case BuiltinHow::kEventCreate:
    case BuiltinHow::kFuncAttribute:
    case BuiltinHow::kKernelFacts:
    case BuiltinHow::kManipulator:
    case BuiltinHow::kExit:
    case BuiltinHow::kErrorString:
    case BuiltinHow::kDeviceAttribute:
    case BuiltinHow::kFreeHost:
    case BuiltinHow::kFromSymbol:
    case BuiltinHow::kHostCopy:
    case BuiltinHow::kLibHost:
    case BuiltinHow::kDestroy:
    case BuiltinHow::kMallocHost:
    case BuiltinHow::kScan:
    case BuiltinHow::kVaCopy:
    case BuiltinHow::kVaEnd:
    case BuiltinHow::kVaNext:
    case BuiltinHow::kVaStart:
    case BuiltinHow::kStore:
    case BuiltinHow::kSuccess:
    case BuiltinHow::kSymbolAddress:
    case BuiltinHow::kToSymbol:
      return true;
    default:
      return false;
  }
}

WS_HD bool DeviceOnly(BuiltinHow how) {
  switch (how) {
    case BuiltinHow::kBarrier:
    case BuiltinHow::kBarWarp:
    case BuiltinHow::kFence:
    case BuiltinHow::kShfl:
    case BuiltinHow::kVote:
    case BuiltinHow::kMatch:
    case BuiltinHow::kRedux:
    case BuiltinHow::kAtomic:
    case BuiltinHow::kAtomicSub:
    case BuiltinHow::kLd:
    case BuiltinHow::kSt:
    case BuiltinHow::kClock:
    case BuiltinHow::kLibDevice:
    case BuiltinHow::kPause:
    case BuiltinHow::kTrap:
      return true;
    default:
      return false;
  }
}

// Whether host code, or device code, can call it.
WS_HD bool IsHere(const BuiltinRow& row, bool on_host) {
  const bool clock = row.how == BuiltinHow::kClock && SameText(row.spelling, "clock");
  const bool heap = row.how == BuiltinHow::kRt &&
                    (SameText(row.spelling, "malloc") || SameText(row.spelling, "free"));
  return on_host ? !DeviceOnly(row.how) || clock : !HostOnly(row.how) || heap;
}

}  // namespace

WS_HD TypeId Walker::TypeOfCode(char code, uint64_t extra, TypeId generic) {
  switch (code) {
    case '3':
      return VectorType(TypeKind::kUInt, 3);
    case 'N':
      return TypeId(TypeKind::kEvent);
    case 'p':
      return types().Pointer(TypeId(TypeKind::kVoid));
    case 'P':
      return types().Pointer(TypeId(TypeKind::kChar));
    case 'q':
      return types().Pointer(TypeId(TypeKind::kVoid).Const());
    case 'Z':
      return types().Pointer(TypeId(TypeKind::kChar).Const());
    case 'V':
      return VectorType(static_cast<TypeKind>(extra >> 8), extra & 0xff);
    case 'E':
      return TypeId(static_cast<TypeKind>(extra >> 8));
    case 'T':
      return generic;
    default:
      return PlainSignatureType(code);
  }
}

WS_HD TypeId Walker::BuiltinResult(const BuiltinRow& row, TypeId generic) {
  return TypeOfCode(row.signature[0], row.extra, generic);
}

// Whether the arguments fit the row; their ranks, and what T is.
WS_HD bool Walker::MatchBuiltin(const BuiltinRow& row, std::span<const NodeId> args,
                                uint64_t* ranks, TypeId* generic) {
  const char* code = row.signature + 2;
  bool optional = false;
  *ranks = 0;
  *generic = {};
  size_t at = 0;
  for (;; ++code) {
    if (*code == '?') {
      optional = true;
      continue;
    }
    if (*code == '.') return true;
    if (*code == ')') return at == args.size();
    if (at == args.size()) return optional;
    const NodeInfo& arg = info(args[at]);
    if (*code == 'X') {
      ++at;
      continue;
    }
    if (arg.type == TypeId()) {
      if (*code == '*' || *code == '@') ++code;
      ++at;
      continue;
    }
    const bool pointer = *code == '*' || *code == '@';
    const bool to_const = *code == '@';
    if (pointer) ++code;
    const TypeId decayed = types().Decay(arg.type);
    if (pointer) {
      if (kind(decayed) != TypeKind::kPointer) return false;
      const TypeId element = types().Element(decayed);
      if (element.is_const() && !to_const) return false;
      if (*code == 'T') {
        *generic = element.Unqualified();
      } else if (element.Unqualified() != TypeOfCode(*code, row.extra, {})) {
        return false;
      }
      ++at;
      continue;
    }
    if ((*code == 'p' || *code == 'q') && kind(decayed) == TypeKind::kStruct) {
      const TypeId wanted = TypeId(TypeKind::kVoid).With(*code == 'q' ? TypeId::kConst : 0);
      const InstanceId id = FindConversionFunction(arg, types().Pointer(wanted), false);
      if (!id.valid()) return false;
      ConvertBy(id, args[at]);
      ++at;
      continue;
    }
    if (*code == 'p' || *code == 'q') {
      const bool fits = kind(decayed) == TypeKind::kPointer
                            ? *code == 'q' || !types().Element(decayed).is_const()
                            : kind(decayed) == TypeKind::kNullptr ||
                                  (arg.constant && arg.bits == 0 && IsIntegerKind(kind(decayed)));
      if (!fits) return false;
      ++at;
      continue;
    }
    if (*code == 'T' && *generic == TypeId()) {
      *generic = decayed;
      if (IsIntegerKind(kind(decayed)) && kind(decayed) < TypeKind::kInt) {
        *generic = TypeId(TypeKind::kInt);
      }
      const TypeKind k = kind(*generic);
      if (!IsArithmeticKind(k) && !IsHalfKind(k) && !IsPackedKind(k)) return false;
    }
    const Rank rank = RankOf(arg, TypeOfCode(*code, row.extra, *generic));
    if (rank == kNoConversion) return false;
    AddRank(ranks, at, rank);
    ++at;
  }
}

// std::min and std::max are templates of one type for both.
WS_HD bool Walker::CallStdMinMax(NodeId n, NodeId callee, BuiltinRange range,
                                 std::span<const NodeId> args) {
  if (args.size() != 2) return false;
  TypeId type = types().Decay(info(args[0]).type);
  if (tree().subtree_size(callee) > 1) {
    const NodeId list(callee.index - 1);
    if (tree().subtree_size(list) > 1) type = info(NodeId(list.index - 1)).type.Unqualified();
  } else if (type != types().Decay(info(args[1]).type)) {
    Error(Kind::kMixedMinMax, n, token(callee).view(), Spell(type),
          Spell(info(args[1]).type.Unqualified()));
    return true;
  }
  TypeId wanted = type;
  if (IsIntegerKind(kind(type)) && kind(type) < TypeKind::kInt) wanted = TypeId(TypeKind::kInt);
  for (uint16_t i = 0; i < range.count; ++i) {
    const uint16_t row = static_cast<uint16_t>(range.first + i);
    const char* signature = RowOf(row).signature;
    if (TypeOfCode(signature[2], 0, {}) != wanted || TypeOfCode(signature[3], 0, {}) != wanted) {
      continue;
    }
    if (!CheckConvert(args[0], type) || !CheckConvert(args[1], type)) return true;
    info(n).builtin = row;
    SetValue(n, type, info(args[0]).pure && info(args[1]).pure);
    FoldBuiltin(n, RowOf(row), args);
    return true;
  }
  return false;
}

// std::max({a, b, c})
WS_HD bool Walker::CallMinMaxList(NodeId n, NodeId callee, BuiltinRange range, NodeId list) {
  const Vec<NodeId> values = ChildList(list);
  TypeId type;
  bool pure = true;
  for (const NodeId value : values) {
    const TypeId given = types().Decay(info(value).type);
    if (given == TypeId()) return false;
    if (type != TypeId() && given != type) {
      Error(Kind::kMixedMinMax, n, token(callee).view(), Spell(type), Spell(given));
      return true;
    }
    type = given;
    pure &= info(value).pure;
  }
  TypeId wanted = type;
  if (IsIntegerKind(kind(type)) && kind(type) < TypeKind::kInt) wanted = TypeId(TypeKind::kInt);
  for (uint16_t i = 0; i < range.count; ++i) {
    const uint16_t row = static_cast<uint16_t>(range.first + i);
    const char* signature = RowOf(row).signature;
    if (TypeOfCode(signature[2], 0, {}) != wanted || TypeOfCode(signature[3], 0, {}) != wanted) {
      continue;
    }
    info(n).builtin = row;
    SetValue(n, type, pure);
    return true;
  }
  return false;
}

WS_HD void Walker::CallBuiltin(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const std::string_view name = token(callee).view();
  const BuiltinRange range = builtins_[token(callee).name.index];
  const BuiltinHow how = RowOf(range.first).how;
  if (TakesSymbol(how)) {
    naming_symbol_ = false;
    const size_t at = how == BuiltinHow::kToSymbol ? 0 : 1;
    if (args.size() > at && !CheckSymbol(args[at])) return;
  }
  if (how == BuiltinHow::kMinMax && args.size() == 1 &&
      tree().kind(args[0]) == NodeKind::kInitList && tree().data(callee) != 0 &&
      CallMinMaxList(n, callee, range, args[0])) {
    return;
  }
  for (const NodeId arg : args) {
    if (info(arg).type == TypeId()) {
      if (tree().kind(arg) == NodeKind::kInitList) Error(Kind::kUnsupported, arg, "a list here");
      // One mistake is enough; but the type of the result is often known.
      if (range.count == 1) SetValue(n, BuiltinResult(RowOf(range.first), {}), false);
      return;
    }
  }
  const bool is_std = tree().data(callee) != 0;
  if (is_std && RowOf(range.first).how == BuiltinHow::kMinMax &&
      CallStdMinMax(n, callee, range, args)) {
    return;
  }
  uint16_t best = kNoBuiltin;
  uint64_t best_ranks = 0;
  TypeId best_generic;
  bool ambiguous = false;
  bool half_argument = false;
  for (const NodeId arg : args) half_argument |= IsHalfKind(kind(info(arg).type));
  const bool on_host = current().target == Target::kHost || !in_function();
  bool any_here = false;  // host and device may have rows of their own
  for (uint16_t i = 0; i < range.count; ++i) {
    any_here |= IsHere(RowOf(static_cast<uint16_t>(range.first + i)), on_host);
  }
  for (uint16_t i = 0; i < range.count; ++i) {
    const uint16_t at = static_cast<uint16_t>(range.first + i);
    const BuiltinRow& row = RowOf(at);
    if (any_here && !IsHere(row, on_host)) continue;
    uint64_t ranks = 0;
    TypeId generic;
    if (!MatchBuiltin(row, args, &ranks, &generic)) continue;
    if (best == kNoBuiltin) {
      best = at;
      best_ranks = ranks;
      best_generic = generic;
      continue;
    }
    const int order = CompareRanks(ranks, best_ranks);
    if (order < 0) {
      best = at;
      best_ranks = ranks;
      best_generic = generic;
      ambiguous = false;
    } else if (order == 0) {
      // <cmath> computes integer arguments in double.
      const bool to_double = RowOf(best).how != BuiltinHow::kMinMax && !half_argument &&
                             (row.signature[2] == 'd' || RowOf(best).signature[2] == 'd');
      if (!to_double) {
        ambiguous = true;
      } else if (row.signature[2] == 'd') {
        best = at;
        best_ranks = ranks;
        best_generic = generic;
      }
    }
  }
  // A float with an integer is computed in double too: pow(x, 2).
  const std::string_view chosen =
      best == kNoBuiltin ? std::string_view() : std::string_view(RowOf(best).signature);
  if (SameText(chosen, "f(ff)") || SameText(chosen, "f(fff)")) {
    bool integers = false;
    for (const NodeId arg : args) integers |= IsIntegerKind(kind(info(arg).type));
    for (uint16_t i = 0; integers && i < range.count; ++i) {
      const uint16_t at = static_cast<uint16_t>(range.first + i);
      const bool wider = SameText(RowOf(at).signature, chosen.size() == 5 ? "d(dd)" : "d(ddd)");
      if (!wider || RowOf(at).how == BuiltinHow::kMinMax) continue;
      best = at;
      ambiguous = false;
    }
  }
  if (best == kNoBuiltin) {
    Error(Kind::kNoMatchingBuiltin, n, name, static_cast<int64_t>(args.size()));
    return;
  }
  if (ambiguous) {
    Error(Kind::kAmbiguousCall, n, name);
    return;
  }
  const BuiltinRow& row = RowOf(best);
  // A kernel has no streams.
  const bool stream = row.how == BuiltinHow::kPrintf && row.signature[2] == 'X';
  if (row.how == BuiltinHow::kUnsupported || (stream && !on_host)) {
    Error(Kind::kUnsupported, callee, name);
    return;
  }
  if (!IsHere(row, on_host)) {
    Error(on_host ? Kind::kBuiltinOnHost : Kind::kBuiltinOnDevice, callee, name);
  }
  bool pure = true;
  for (const NodeId arg : args) pure &= info(arg).pure;
  switch (row.how) {
    case BuiltinHow::kOp:
      pure &= ir::InfoOf(row.op).effect == ir::Effect::None;
      break;
    case BuiltinHow::kCvt:
    case BuiltinHow::kBits:
    case BuiltinHow::kMinMax:
    case BuiltinHow::kMake:
    case BuiltinHow::kHalfCmp:
    case BuiltinHow::kRoundTo:
    case BuiltinHow::kFastExp:
    case BuiltinHow::kFastLog:
    case BuiltinHow::kFirst:
      break;
    default:
      pure = false;
      break;
  }
  info(n).builtin = best;
  if (row.how == BuiltinHow::kDestroy && info(args[0]).type != TypeId()) {
    const TypeId object = types().Element(types().Decay(info(args[0]).type));
    if (row.extra == 0) {
      if (types().NeedsDestroy(object)) UseDestructors(n, object);
    } else {
      const bool was = moves_all_;
      moves_all_ = row.extra == 2 || CannotCopy(*s_, object);
      UseCopies(n, object, args[1]);
      moves_all_ = was;
    }
  }
  SetValue(n, BuiltinResult(row, best_generic), pure);
  FoldBuiltin(n, row, args);
  const int kernel = KernelArgument(row.how);
  if (kernel >= 0) NameKernel(args[static_cast<size_t>(kernel)]);
  if (row.how == BuiltinHow::kLaunchArray && info(args[0]).category == Category::kFunction) {
    CheckConvert(args[0], types().Pointer(TypeId(TypeKind::kVoid).Const()));
  }
}

// Whether the expression is a variable of the device, by its name.
WS_HD bool Walker::CheckSymbol(NodeId arg) {
  const NodeInfo& symbol = info(arg);
  if (symbol.type == TypeId()) return false;
  const bool variable = tree().kind(arg) == NodeKind::kName && symbol.entity.valid() &&
                        s_->entities_[symbol.entity.index].kind == EntityKind::kGlobal;
  if (variable && (s_->entities_[symbol.entity.index].flags &
                   (storage_flag::kDevice | storage_flag::kConstant)) != 0) {
    return true;
  }
  Error(Kind::kNotASymbol, arg);
  return false;
}

// The kernel whose address a local variable is made with and keeps; invalid if that does not show.
WS_HD InstanceId Walker::KernelOfVariable(const NodeInfo& variable) {
  if (!variable.entity.valid()) return {};
  const Entity entity = s_->entities_[variable.entity.index];
  if (entity.kind != EntityKind::kLocal || entity.owner != frames_.back().instance ||
      !types().IsFunctionPointer(entity.type) || !entity.node.valid()) {
    return {};
  }
  const NodeId init = FirstOfKind(entity.node, NodeKind::kInitEq);
  if (!init.valid() || !info(NodeId(init.index - 1)).function) return {};
  const InstanceId id(static_cast<uint32_t>(info(NodeId(init.index - 1)).bits));
  if (s_->instances_[id.index].target != Target::kKernel) return {};
  constexpr uint32_t kMostNodes = 1u << 16;
  const NodeId whole = current().node;
  if (tree().subtree_size(whole) > kMostNodes) return {};
  for (uint32_t i = tree().first(whole).index; i < whole.index; ++i) {
    const NodeId n(i);
    if (tree().kind(n) != NodeKind::kAssign) continue;
    const NodeId left = tree().PrevSibling(n, NodeId(i - 1));
    if (tree().kind(left) == NodeKind::kName && token(left).name == entity.name) return {};
  }
  return id;
}

// A kernel named outside a launch: its row tells the instance.
WS_HD void Walker::NameKernel(NodeId arg) {
  NodeId name = arg;
  while (tree().kind(name) != NodeKind::kName && tree().subtree_size(name) > 1) {
    name = NodeId(name.index - 1);
  }
  const NodeInfo function = info(name);
  if (const InstanceId held = KernelOfVariable(function); held.valid()) {
    info(arg).category = Category::kFunction;
    info(arg).entity = s_->instances_[held.index].function;
    info(arg).bits = held.index;
    return;
  }
  if (function.category != Category::kFunction || !function.entity.valid()) {
    Error(Kind::kNotAKernel, arg, token(name).view());
    return;
  }
  if (function.bits != 0) {  // with its template arguments
    const InstanceId named(static_cast<uint32_t>(function.bits));
    if (s_->instances_[named.index].target != Target::kKernel) {
      Error(Kind::kNotAKernel, arg, token(name).view());
      return;
    }
    s_->instances_[named.index].is_used = true;
    Queue(named);
    info(arg).entity = s_->instances_[named.index].function;
    info(arg).bits = named.index;
    return;
  }
  TemplateArg targs[kMaxTemplateParams];
  uint32_t count = 0;
  const Entity entity = s_->entities_[function.entity.index];
  if ((entity.flags & function_flag::kGlobal) == 0) {
    Error(Kind::kNotAKernel, arg, token(name).view());
    return;
  }
  BadTemplateArg why;
  if (entity.is_template && !DeduceArgs(function.entity, name, {}, targs, &count, &why)) {
    CannotDeduce(arg, function.entity, why);
    return;
  }
  const InstanceId id = FindInstance(function.entity, targs, count, Target::kKernel);
  if (!id.valid()) {
    Error(Kind::kTooManyInstances, arg, Sema::kMaxInstances);
    return;
  }
  s_->instances_[id.index].is_used = true;
  Queue(id);
  info(arg).entity = function.entity;
  info(arg).bits = id.index;
}

// Bit casts, minimum and maximum of constants are constants.
WS_HD void Walker::FoldBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  for (const NodeId arg : args) {
    if (!info(arg).constant) return;
  }
  const TypeId result = info(n).type;
  uint64_t bits[2] = {};
  if (row.how == BuiltinHow::kMinMax && args.size() == 2) {
    const TypeId type = TypeOfCode(row.signature[0], 0, {});
    uint64_t less = 0;
    if (!ConstantAs(args[0], type, &bits[0]) || !ConstantAs(args[1], type, &bits[1]) ||
        !FoldBinary(BinaryOp::kLt, kind(type), bits[0], bits[1], &less)) {
      return;
    }
    // NaN and zeros are left to the operation itself.
    if (IsFloatKind(kind(type)) && less == 0) {
      uint64_t greater = 0;
      if (!FoldBinary(BinaryOp::kLt, kind(type), bits[1], bits[0], &greater) || greater == 0)
        return;
    }
    const bool first = (less != 0) == (row.op == ir::Op::kMin);
    SetConstant(n, result, first ? bits[0] : bits[1]);
    return;
  }
  if (row.how == BuiltinHow::kBits && args.size() == 1) {
    const TypeId from = TypeOfCode(row.signature[2], 0, {});
    if (!ConstantAs(args[0], from, &bits[0])) return;
    const uint64_t machine = MachineBits(kind(from), bits[0]);
    switch (kind(result)) {
      case TypeKind::kFloat: {
        const uint32_t word = static_cast<uint32_t>(machine);
        SetConstant(n, result,
                    std::bit_cast<uint64_t>(static_cast<double>(std::bit_cast<float>(word))));
        return;
      }
      case TypeKind::kDouble:
        SetConstant(n, result, machine);
        return;
      case TypeKind::kHalf:
        SetConstant(n, result, std::bit_cast<uint64_t>(HalfValue(static_cast<uint16_t>(machine))));
        return;
      case TypeKind::kBFloat16: {
        const uint32_t word = static_cast<uint32_t>(machine) << 16;
        SetConstant(n, result,
                    std::bit_cast<uint64_t>(static_cast<double>(std::bit_cast<float>(word))));
        return;
      }
      default:
        SetConstant(n, result, ExtendInteger(kind(result), machine));
        return;
    }
  }
}

}  // namespace ws::front
