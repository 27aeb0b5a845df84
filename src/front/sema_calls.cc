// device-clean
// Calls of builtins, of the program's functions, and kernel launches.
#include <bit>

#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {
namespace {

// Ranks of a candidate's arguments, three bits each; what comes after the 20th argument is equal.
constexpr uint32_t kRankBits = 3;
constexpr uint32_t kRankedArguments = 20;

WS_HD void AddRank(uint64_t* ranks, size_t argument, uint32_t rank) {
  if (argument < kRankedArguments) *ranks |= uint64_t{rank} << (argument * kRankBits);
}

// -1 if a is better in some argument and nowhere worse, 1 the other way round, 0 neither.
WS_HD int Compare(uint64_t a, uint64_t b) {
  bool a_better = false;
  bool b_better = false;
  for (uint32_t i = 0; i < kRankedArguments; ++i) {
    const uint64_t x = a >> (i * kRankBits) & 7;
    const uint64_t y = b >> (i * kRankBits) & 7;
    a_better |= x < y;
    b_better |= y < x;
  }
  return a_better == b_better ? 0 : a_better ? -1 : 1;
}

WS_HD bool HostOnly(BuiltinHow how) {
  return how == BuiltinHow::kRt || how == BuiltinHow::kFuncAttribute || how == BuiltinHow::kExit ||
         how == BuiltinHow::kErrorString;
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
    case BuiltinHow::kTrap:
      return true;
    default:
      return false;
  }
}

}  // namespace

WS_HD TypeId Walker::TypeOfCode(char code, uint64_t extra, TypeId generic) {
  switch (code) {
    case 'v':
      return TypeId(TypeKind::kVoid);
    case 'b':
      return TypeId(TypeKind::kBool);
    case 'i':
    case 'e':
      return TypeId(TypeKind::kInt);
    case 'u':
      return TypeId(TypeKind::kUInt);
    case 's':
      return TypeId(TypeKind::kShort);
    case 't':
      return TypeId(TypeKind::kUShort);
    case 'l':
      return TypeId(TypeKind::kLong);
    case 'm':
      return TypeId(TypeKind::kULong);
    case 'x':
      return TypeId(TypeKind::kLongLong);
    case 'y':
      return TypeId(TypeKind::kULongLong);
    case 'h':
      return TypeId(TypeKind::kHalf);
    case 'H':
      return TypeId(TypeKind::kHalf2);
    case 'f':
      return TypeId(TypeKind::kFloat);
    case 'd':
      return TypeId(TypeKind::kDouble);
    case 'F':
      return VectorType(TypeKind::kFloat, 2);
    case '3':
      return VectorType(TypeKind::kUInt, 3);
    case 'z':
      return TypeId(TypeKind::kDim3);
    case 'S':
      return TypeId(TypeKind::kStream);
    case 'p':
      return types().Pointer(TypeId(TypeKind::kVoid));
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
      return {};
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

WS_HD void Walker::CallBuiltin(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const std::string_view name = token(callee).view();
  const BuiltinRange range = builtins_[token(callee).name.index];
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
  for (uint16_t i = 0; i < range.count; ++i) {
    const uint16_t at = static_cast<uint16_t>(range.first + i);
    const BuiltinRow& row = RowOf(at);
    uint64_t ranks = 0;
    TypeId generic;
    if (!MatchBuiltin(row, args, &ranks, &generic)) continue;
    if (best == kNoBuiltin) {
      best = at;
      best_ranks = ranks;
      best_generic = generic;
      continue;
    }
    const int order = Compare(ranks, best_ranks);
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
  if (best == kNoBuiltin) {
    Error(Kind::kNoMatchingBuiltin, n, name, static_cast<int64_t>(args.size()));
    return;
  }
  if (ambiguous) {
    Error(Kind::kAmbiguousCall, n, name);
    return;
  }
  const BuiltinRow& row = RowOf(best);
  const bool on_host = current().target == Target::kHost || !in_function();
  if (row.how == BuiltinHow::kUnsupported || (row.how == BuiltinHow::kPrintf && !on_host)) {
    Error(Kind::kUnsupported, callee, name);
    return;
  }
  if (on_host ? DeviceOnly(row.how) : HostOnly(row.how)) {
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
  SetValue(n, BuiltinResult(row, best_generic), pure);
  FoldBuiltin(n, row, args);
  if (row.how == BuiltinHow::kFuncAttribute) NameKernel(args[0]);
}

// A kernel named outside a launch: its row tells the instance.
WS_HD void Walker::NameKernel(NodeId arg) {
  NodeId name = arg;
  while (tree().kind(name) != NodeKind::kName && tree().subtree_size(name) > 1) {
    name = NodeId(name.index - 1);
  }
  const NodeInfo function = info(name);
  if (function.category != Category::kFunction || !function.entity.valid()) {
    Error(Kind::kNotAKernel, arg, token(name).view());
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
      default:
        SetConstant(n, result, ExtendInteger(kind(result), machine));
        return;
    }
  }
}

// Where a function with these flags runs when called from `caller`.
WS_HD Target Walker::TargetOf(uint32_t flags, Target caller) const {
  if ((flags & function_flag::kGlobal) != 0) return Target::kKernel;
  const bool device = (flags & function_flag::kDevice) != 0;
  const bool host = (flags & function_flag::kHost) != 0;
  const bool either =
      (device && host) || (!device && !host && (flags & function_flag::kConstexpr) != 0);
  if (either && caller == Target::kHost) return Target::kHost;
  if (either && (caller != Target::kFile || device)) return Target::kDevice;
  return device ? Target::kDevice : Target::kHost;
}

WS_HD InstanceId Walker::FindInstance(EntityId function, const TemplateArg* args, uint32_t count,
                                      Target target) {
  const Entity& entity = s_->entities_[function.index];
  if (!entity.is_template) {
    const InstanceId own(static_cast<uint32_t>(entity.bits));
    if (s_->instances_[own.index].target == target) return own;
  }
  for (uint32_t i = 1; i < s_->instances_.size(); ++i) {
    const Instance& inst = s_->instances_[i];
    if (inst.function != function || inst.target != target || inst.asked_args != count) continue;
    bool same = true;
    for (uint32_t k = 0; same && k < count; ++k) {
      // As it was asked for; defaults and conversions may have changed the arguments since.
      same = s_->args_[inst.first_arg + inst.num_args + k] == args[k];
    }
    if (same) return InstanceId(i);
  }
  if (s_->instances_.size() >= Sema::kMaxInstances) return {};
  Instance inst;
  inst.function = function;
  inst.node = entity.node;
  inst.target = target;
  inst.has_body = tree().kind(NodeId(entity.node.index - 1)) == NodeKind::kCompound;
  inst.first_arg = s_->args_.size();
  inst.num_args = inst.asked_args = count;
  for (uint32_t twice = 0; twice < 2; ++twice) {
    for (uint32_t k = 0; k < count; ++k) s_->args_.push_back(args[k]);
  }
  s_->instances_.push_back(inst);
  return InstanceId(s_->instances_.size() - 1);
}

// Matches one parameter as written against an argument's type: T, const T*, T&, T (&)[N].
WS_HD bool Walker::DeduceFromParam(NodeId param, NodeId arg, const NameId* names, TemplateArg* out,
                                   uint32_t count) {
  const TypeId given = info(arg).type;
  if (given == TypeId()) return true;
  const NodeId declarator = tree().LastChild(param);
  const NodeId spec(link_[param.index]);
  if (static_cast<BuiltinType>(tree().data(spec) >> 8) != BuiltinType::kNamed) return true;
  const NameId name = token(spec).name;
  uint32_t which = 0;
  while (which < count && names[which] != name) ++which;
  if (which == count) return true;

  // Declarator operators from the outermost type inwards. The last one is applied last, and of a
  // run of array bounds the first is outermost.
  NodeId ops[16];
  uint32_t num_ops = 0;
  for (NodeId c = tree().LastChild(declarator); c.valid(); c = tree().PrevSibling(declarator, c)) {
    const NodeKind k = tree().kind(c);
    if (k != NodeKind::kPtrOp && k != NodeKind::kRefOp && k != NodeKind::kArrayOp) continue;
    if (num_ops == 16) return false;
    ops[num_ops++] = c;
  }
  for (uint32_t i = 0; i < num_ops;) {
    uint32_t end = i;
    while (end < num_ops && tree().kind(ops[end]) == NodeKind::kArrayOp) ++end;
    for (uint32_t a = i, b = end; a + 1 < b; ++a) {
      --b;
      const NodeId swap = ops[a];
      ops[a] = ops[b];
      ops[b] = swap;
    }
    i = end > i ? end : i + 1;
  }
  TypeId type = given;
  bool by_reference = false;
  for (uint32_t i = 0; i < num_ops; ++i) {
    const NodeKind k = tree().kind(ops[i]);
    if (k == NodeKind::kRefOp) {
      by_reference = true;
      continue;
    }
    if (k == NodeKind::kArrayOp && by_reference) {
      if (kind(type) != TypeKind::kArray) return false;
      const NodeId size(ops[i].index - 1);
      if (tree().subtree_size(ops[i]) > 1 && tree().kind(size) == NodeKind::kName) {
        for (uint32_t v = 0; v < count; ++v) {
          if (names[v] == token(size).name && !out[v].known) {
            out[v] = {TypeId(TypeKind::kULong), types().Info(type).count, false, true};
          }
        }
      }
    } else {
      type = types().Decay(type);
      if (kind(type) != TypeKind::kPointer) return false;
    }
    type = types().Element(type);
  }
  if (num_ops == 0) type = types().Decay(type);
  if ((tree().data(spec) & qualifier::kConst) != 0 || (num_ops == 1 && by_reference)) {
    const bool keeps = by_reference && (tree().data(spec) & qualifier::kConst) == 0;
    if (!keeps) type = type.Unqualified();
  }
  if (out[which].known)
    return !out[which].is_type || !out[which].deduced || out[which].type == type;
  out[which] = {type, 0, true, true};
  out[which].deduced = true;
  return true;
}

// Template arguments of a call: written ones first, then from the arguments; defaults are filled in
// when the signature is walked.
WS_HD bool Walker::DeduceArgs(EntityId function, NodeId callee, std::span<const NodeId> args,
                              TemplateArg* out, uint32_t* count, BadTemplateArg* why) {
  *why = BadTemplateArg();
  const NodeId node = s_->entities_[function.index].node;
  const NodeId list = FirstOfKind(node, NodeKind::kTemplateParams);
  NameId names[kMaxTemplateParams];
  NodeId declared[kMaxTemplateParams];
  uint32_t num = 0;
  for (const NodeId p : Children(list)) {
    if (num == kMaxTemplateParams) return false;
    NodeId named = p;
    if (tree().kind(p) == NodeKind::kTemplateValueParam) named = tree().LastChild(p);
    names[num] = token(named).name;
    declared[num] = p;
    out[num] = TemplateArg();
    ++num;
  }
  *count = num;
  if (callee.valid() && tree().subtree_size(callee) > 1) {
    const NodeId written(callee.index - 1);
    uint32_t at = 0;
    for (const NodeId arg : Children(written)) {
      if (at == num) return false;
      const NodeInfo& value = info(arg);
      why->reported = value.type == TypeId();
      if (why->reported) return false;
      const bool is_type = value.category == Category::kType;
      if (is_type == (tree().kind(declared[at]) == NodeKind::kTemplateValueParam) ||
          (!is_type && !value.constant)) {
        why->arg = arg;
        why->param = declared[at];
        return false;
      }
      out[at] = is_type ? TemplateArg{value.type, 0, true, true}
                        : TemplateArg{value.type.Unqualified(), value.bits, false, true};
      ++at;
    }
  }
  const NodeId params = FirstOfKind(node, NodeKind::kParamList);
  size_t at = 0;
  for (const NodeId p : Children(params)) {
    if (at == args.size()) break;
    if (tree().kind(args[at]) != NodeKind::kInitList &&
        !DeduceFromParam(p, args[at], names, out, num)) {
      return false;
    }
    ++at;
  }
  return true;
}

// The call at `n` of the only function of its name leaves template arguments open.
WS_HD void Walker::CannotDeduce(NodeId n, EntityId function, const BadTemplateArg& why) {
  if (why.reported) return;
  const std::string_view name = s_->NameOf(function);
  if (!why.arg.valid()) {
    Error(Kind::kCannotDeduce, n, name);
    return;
  }
  const bool wants_value = tree().kind(why.param) == NodeKind::kTemplateValueParam;
  if (wants_value && info(why.arg).category != Category::kType) {
    Error(Kind::kNotConstant, why.arg, "a template argument");
    return;
  }
  const NodeId named = wants_value ? tree().LastChild(why.param) : why.param;
  Error(Kind::kTemplateArgumentKind, why.arg, token(named).view(), wants_value ? "value" : "type",
        name);
}

// Chooses among the functions named by `callee`. kAgain: a signature is being walked first.
WS_HD Walker::Visit Walker::ResolveCall(NodeId n, NodeId callee, std::span<const NodeId> args,
                                        Target target, InstanceId* chosen) {
  const std::string_view name = token(callee).view();
  *chosen = InstanceId();
  InstanceId best;
  uint64_t best_ranks = 0;
  bool best_template = false;
  bool ambiguous = false;
  uint32_t seen = 0;
  uint32_t undeclared = 0;
  EntityId only;
  InstanceId only_instance;
  BadTemplateArg why;
  for (EntityId e = global_[token(callee).name.index]; e.valid(); e = s_->entities_[e.index].next) {
    const Entity entity = s_->entities_[e.index];
    if (tree().first(entity.type_node).index > n.index) {
      ++undeclared;
      continue;
    }
    ++seen;
    only = e;
    only_instance = InstanceId();
    TemplateArg targs[kMaxTemplateParams];
    uint32_t num_targs = 0;
    if (entity.is_template) {
      if (!DeduceArgs(e, callee, args, targs, &num_targs, &why)) continue;
    } else if (tree().subtree_size(callee) > 1) {
      continue;
    }
    const InstanceId id = FindInstance(e, targs, num_targs, TargetOf(entity.flags, target));
    if (!id.valid()) {
      Error(Kind::kTooManyInstances, n, Sema::kMaxInstances);
      return Visit::kNext;
    }
    Instance& inst = s_->instances_[id.index];
    if (!inst.has_signature && !inst.signature_failed) {
      if (!AllocateInfos(id)) {
        s_->instances_[id.index].signature_failed = true;
        return Visit::kNext;
      }
      inst.has_signature = true;  // even if walking it fails
      PushFrame(id, tree().first(inst.node), FirstOfKind(inst.node, NodeKind::kParamList), true);
      return Visit::kAgain;
    }
    if (inst.signature_failed) continue;
    only_instance = id;
    if (args.size() > inst.num_params || args.size() < inst.num_required) continue;
    uint64_t ranks = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < args.size(); ++i) {
      if (tree().kind(args[i]) == NodeKind::kInitList) continue;
      const Rank rank = RankOf(info(args[i]), s_->params_[inst.first_param + i].type);
      fits = rank != kNoConversion;
      AddRank(&ranks, i, rank);
    }
    if (!fits) continue;
    const int order = best.valid() ? Compare(ranks, best_ranks) : -1;
    const bool wins = order < 0 || (order == 0 && best_template && !entity.is_template);
    const bool loses = order > 0 || (order == 0 && !best_template && entity.is_template);
    if (wins) {
      best = id;
      best_ranks = ranks;
      best_template = entity.is_template;
      ambiguous = false;
    } else if (!loses) {
      ambiguous = true;
    }
  }
  if (best.valid() && !ambiguous) {
    *chosen = best;
    return Visit::kNext;
  }
  for (const NodeId arg : args) {
    if (info(arg).type == TypeId() && tree().kind(arg) != NodeKind::kInitList) {
      return Visit::kNext;  // reported already
    }
  }
  if (ambiguous) {
    Error(Kind::kAmbiguousCall, n, name);
    return Visit::kNext;
  }
  if (seen == 0) {
    Error(undeclared > 0 ? Kind::kUsedBeforeDeclared : Kind::kUnknownName, callee, name);
    return Visit::kNext;
  }
  if (seen == 1) {
    // With one candidate the mistake can be named.
    if (only_instance.valid()) {
      const Instance& inst = s_->instances_[only_instance.index];
      if (args.size() > inst.num_params || args.size() < inst.num_required) {
        Error(Kind::kWrongArgumentCount, n, name, inst.num_params,
              static_cast<int64_t>(args.size()));
        return Visit::kNext;
      }
      if (!CheckArguments(only_instance, args)) return Visit::kNext;
    } else if (s_->entities_[only.index].is_template) {
      CannotDeduce(n, only, why);
      return Visit::kNext;
    }
  }
  Error(Kind::kNoMatchingFunction, n, name);
  return Visit::kNext;
}

WS_HD bool Walker::CheckArguments(InstanceId callee, std::span<const NodeId> args) {
  const Instance inst = s_->instances_[callee.index];
  bool ok = true;
  for (size_t i = 0; i < args.size(); ++i) {
    ok &= CheckConvert(args[i], s_->params_[inst.first_param + i].type);
  }
  return ok;
}

WS_HD Walker::Visit Walker::VisitCall(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.size() > kMaxArguments + 1) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return Visit::kNext;
  }
  NodeId copy[kMaxArguments + 1];
  for (size_t i = 0; i < kids.size(); ++i) copy[i] = kids[i];
  const NodeId callee = copy[0];
  const std::span<const NodeId> args(copy + 1, kids.size() - 1);
  const NodeInfo function = info(callee);
  if (function.category == Category::kBuiltin) {
    CallBuiltin(n, callee, args);
    return Visit::kNext;
  }
  if (function.type == TypeId()) return Visit::kNext;
  if (function.category != Category::kFunction || tree().kind(callee) != NodeKind::kName) {
    Error(Kind::kNotAFunction, callee);
    return Visit::kNext;
  }
  const Target caller = in_function() ? current().target : Target::kHost;
  const Target side = caller == Target::kHost ? Target::kHost : Target::kDevice;
  InstanceId id;
  if (ResolveCall(n, callee, args, side, &id) == Visit::kAgain) return Visit::kAgain;
  if (!id.valid()) return Visit::kNext;
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target == Target::kKernel) {
    Error(Kind::kKernelNeedsLaunch, n, name);
  } else if (inst.target != side) {
    Error(side == Target::kHost ? Kind::kDeviceFunctionOnHost : Kind::kHostFunctionOnDevice, n,
          name);
  } else if (!inst.has_body) {
    Error(Kind::kNoDefinition, n, name);
  }
  CheckArguments(id, args);
  s_->instances_[id.index].is_used = true;
  Queue(id);
  SetValue(n, inst.result, false);
  info(n).entity = inst.function;
  info(n).bits = id.index;
  return Visit::kNext;
}

WS_HD Walker::Visit Walker::VisitLaunch(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.size() > kMaxArguments + 2) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return Visit::kNext;
  }
  NodeId copy[kMaxArguments + 2];
  for (size_t i = 0; i < kids.size(); ++i) copy[i] = kids[i];
  const NodeId callee = copy[0];
  const NodeId config = copy[1];
  const std::span<const NodeId> args(copy + 2, kids.size() - 2);
  const NodeInfo function = info(callee);
  SetValue(n, TypeId(TypeKind::kVoid), false);
  if (function.type == TypeId()) return Visit::kNext;
  if (function.category != Category::kFunction || tree().kind(callee) != NodeKind::kName) {
    Error(Kind::kNotAFunction, callee);
    return Visit::kNext;
  }
  if (!in_function() || current().target != Target::kHost) {
    Error(Kind::kLaunchOnDevice, n);
    return Visit::kNext;
  }
  InstanceId id;
  if (ResolveCall(n, callee, args, Target::kHost, &id) == Visit::kAgain) return Visit::kAgain;
  const std::span<const NodeId> settings = Children(config);
  if (settings.size() < 2 || settings.size() > 4) {
    Error(Kind::kBadLaunchConfig, config, static_cast<int64_t>(settings.size()));
  }
  for (size_t i = 0; i < settings.size() && i < 4; ++i) {
    const TypeId wanted = i < 2    ? TypeId(TypeKind::kDim3)
                          : i == 2 ? TypeId(TypeKind::kULong)
                                   : TypeId(TypeKind::kStream);
    const NodeId setting = settings[i];
    if (tree().kind(setting) == NodeKind::kInitList) {
      Error(Kind::kUnsupported, setting, "a list here");
      break;
    }
    CheckConvert(setting, wanted);
  }
  if (!id.valid()) return Visit::kNext;
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target != Target::kKernel) {
    Error(Kind::kNotAKernel, n, name);
    return Visit::kNext;
  }
  if (!inst.has_body) Error(Kind::kNoDefinition, n, name);
  CheckArguments(id, args);
  s_->instances_[id.index].is_used = true;
  Queue(id);
  info(n).entity = inst.function;
  info(n).bits = id.index;
  return Visit::kNext;
}

}  // namespace ws::front
