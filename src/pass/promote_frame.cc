#include "pass/promote_frame.h"

#include <algorithm>
#include <bit>

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;
using ir::Space;
using ir::Type;

constexpr uint32_t kMaxElements = 4096;  // per function

// What a register holds, all its definitions taken together.
enum class Kind : uint8_t {
  kUnseen,
  kNumber,
  kAt,      // address: frame offset `offset`
  kInside,  // address somewhere in the object at `root`
  kMixed,   // one of several objects, all of which stay in memory
};
struct Value {
  Kind kind = Kind::kUnseen;
  bool generic = false;  // a generic address, not one in local space
  uint32_t root = 0;     // the object, by its first byte
  int64_t offset = 0;    // kAt: from the frame's start

  bool IsAddress() const { return kind == Kind::kAt || kind == Kind::kInside; }
  bool operator==(const Value&) const = default;
};

class Promoter {
 public:
  Promoter(ir::Module& module, ir::FunctionId function)
      : m_(module), function_(function), values_(F().num_regs), stays_(F().frame_bytes, false) {}

  bool Run() {
    FindRoots();
    FollowAddresses();
    FindAccesses();
    if (!ChooseRegions()) return false;
    Rewrite();
    return true;
  }

 private:
  struct Access {
    uint32_t offset;
    uint32_t end;
    Type type;  // of its elements
  };
  // Bytes [begin, end) of the frame as registers of `bytes` bytes each.
  struct Region {
    uint32_t begin, end, bytes;
    uint32_t first_register;  // into registers_
  };

  const ir::Function& F() const { return m_.functions[function_.index]; }

  void FindRoots() {
    for (const ir::Block& block : m_.Blocks(F())) {
      for (const Inst& inst : m_.Insts(block)) {
        for (const Operand o : m_.Srcs(inst)) {
          if (o.kind == OperandKind::kFrame) roots_.push_back(o.index);
        }
      }
    }
    std::sort(roots_.begin(), roots_.end());
    roots_.erase(std::unique(roots_.begin(), roots_.end()), roots_.end());
    needed_.assign(roots_.size(), false);
  }
  uint32_t EndOf(uint32_t root) const {
    const auto next = std::upper_bound(roots_.begin(), roots_.end(), root);
    return next == roots_.end() ? F().frame_bytes : *next;
  }
  void Keep(int64_t begin, int64_t end) {
    begin = std::clamp<int64_t>(begin, 0, F().frame_bytes);
    end = std::clamp<int64_t>(end, 0, F().frame_bytes);
    for (int64_t i = begin; i < end; ++i) stays_[static_cast<size_t>(i)] = true;
  }
  size_t IndexOf(uint32_t root) const {
    return static_cast<size_t>(std::lower_bound(roots_.begin(), roots_.end(), root) -
                               roots_.begin());
  }
  void KeepObject(Value v) {
    if (!v.IsAddress()) return;
    Keep(v.root, EndOf(v.root));
    needed_[IndexOf(v.root)] = true;
  }

  Value Of(Operand o) const {
    if (o.IsReg()) return values_[o.index];
    if (o.kind == OperandKind::kFrame) return {Kind::kAt, false, o.index, o.index};
    return {Kind::kNumber, false, 0, 0};
  }
  // Whether source `i` of an operation that only computes addresses may be one.
  static bool Carries(const Inst& inst, uint32_t i) {
    switch (inst.op) {
      case Op::kMov:
        return true;
      case Op::kCvta:
      case Op::kCvtaTo:
        return inst.space == Space::kLocal;
      case Op::kAdd:
      case Op::kSelp:
        return i < 2;
      case Op::kSub:
        return i == 0;
      case Op::kMad:
      case Op::kMadWide:
        return i == 2;
      default:
        return false;
    }
  }
  Value Result(const Inst& inst) {
    const Value number{Kind::kNumber, false, 0, 0};
    if (inst.num_dsts != 1) return number;
    const std::span<const Operand> s = m_.Srcs(inst);
    Value v = number;
    switch (inst.op) {
      case Op::kMov:
        return Of(s[0]);
      case Op::kCvta:
      case Op::kCvtaTo:
        if (inst.space != Space::kLocal) return number;
        v = Of(s[0]);
        v.generic = inst.op == Op::kCvta;
        return v;
      case Op::kAdd:
      case Op::kSub: {
        Value a = Of(s[0]), b = Of(s[1]);
        if (a.kind == Kind::kUnseen || b.kind == Kind::kUnseen) return {};
        const bool swap = inst.op == Op::kAdd && b.IsAddress() && !a.IsAddress();
        if (swap) std::swap(a, b);
        if (!a.IsAddress()) return number;
        const Operand by = s[swap ? 0 : 1];
        if (by.IsImm() && a.kind == Kind::kAt) {
          const int64_t bits = static_cast<int64_t>(m_.ImmBits(by));
          a.offset += inst.op == Op::kAdd ? bits : -bits;
          return a;
        }
        return {Kind::kInside, a.generic, a.root, 0};
      }
      case Op::kMad:
      case Op::kMadWide:
        v = Of(s[2]);
        return v.IsAddress() ? Value{Kind::kInside, v.generic, v.root, 0} : v;
      case Op::kSelp:
        return Join(Of(s[0]), Of(s[1]));
      default:
        return number;
    }
  }
  Value Join(Value a, Value b) {
    if (a == b || b.kind == Kind::kUnseen) return a;
    if (a.kind == Kind::kUnseen) return b;
    if (a.IsAddress() && b.IsAddress() && a.root == b.root && a.generic == b.generic) {
      return {Kind::kInside, a.generic, a.root, 0};
    }
    KeepObject(a);
    KeepObject(b);
    return {Kind::kMixed, false, 0, 0};
  }

  void FollowAddresses() {
    std::vector<bool> written(values_.size());
    for (const ir::Block& block : m_.Blocks(F())) {
      for (const Inst& inst : m_.Insts(block)) {
        for (const Operand o : m_.Dsts(inst)) written[o.index] = true;
      }
    }
    for (size_t r = 0; r < values_.size(); ++r) {
      if (!written[r]) values_[r].kind = Kind::kNumber;
    }
    while (Sweep()) {
    }
    // What is written from itself alone holds nothing.
    for (Value& v : values_) {
      if (v.kind == Kind::kUnseen) v.kind = Kind::kNumber;
    }
    while (Sweep()) {
    }
  }
  bool Sweep() {
    bool changed = false;
    for (const ir::Block& block : m_.Blocks(F())) {
      for (const Inst& inst : m_.Insts(block)) {
        if (inst.num_dsts == 0) continue;
        const Value result = Result(inst);
        for (const Operand o : m_.Dsts(inst)) {
          const Value joined = Join(values_[o.index], result);
          changed |= !(joined == values_[o.index]);
          values_[o.index] = joined;
        }
      }
    }
    return changed;
  }

  static bool IsLoadOrStore(const Inst& inst) {
    return (inst.op == Op::kLd || inst.op == Op::kSt) && inst.space != Space::kParam;
  }
  // The constant frame offset a load or store uses; false if it is none or not known.
  bool PlaceOf(const Inst& inst, int64_t& at) const {
    if (!IsLoadOrStore(inst)) return false;
    const Value v = Of(m_.Srcs(inst)[0]);
    if (v.kind != Kind::kAt) return false;
    at = v.offset + inst.offset;
    return true;
  }

  void FindAccesses() {
    for (const ir::Block& block : m_.Blocks(F())) {
      for (const Inst& inst : m_.Insts(block)) {
        const std::span<const Operand> s = m_.Srcs(inst);
        for (uint32_t i = 0; i < s.size(); ++i) {
          const Value v = Of(s[i]);
          if (!v.IsAddress() || Carries(inst, i)) continue;
          int64_t at = 0;
          if (i == 0 && PlaceOf(inst, at)) {
            Note(inst, v, at);
          } else {
            KeepObject(v);
          }
        }
        // An address plus an address is none of ours.
        if (inst.op == Op::kAdd && Of(s[0]).IsAddress() && Of(s[1]).IsAddress()) {
          KeepObject(Of(s[0]));
          KeepObject(Of(s[1]));
        }
      }
    }
  }
  void Note(const Inst& inst, Value v, int64_t at) {
    const uint32_t bytes = ir::BytesOf(inst.type);
    const bool plain = inst.order == ir::Order::kNone || inst.order == ir::Order::kWeak;
    const bool space = inst.space == (v.generic ? Space::kGeneric : Space::kLocal);
    if (!plain || !space || inst.type == Type::kPred || at < v.root ||
        at + int64_t{bytes} * inst.vec > EndOf(v.root) || at % (bytes * inst.vec) != 0) {
      Keep(at, at + int64_t{bytes} * inst.vec);
      return;
    }
    const uint32_t begin = static_cast<uint32_t>(at);
    accesses_.push_back({begin, begin + bytes * inst.vec, inst.type});
  }

  // Joins overlapping accesses; what overlaps with bytes that stay, stays.
  bool ChooseRegions() {
    std::sort(accesses_.begin(), accesses_.end(),
              [](const Access& a, const Access& b) { return a.offset < b.offset; });
    uint32_t total = 0;
    for (size_t i = 0; i < accesses_.size();) {
      uint32_t end = accesses_[i].end, least = 8, most = 1;
      size_t j = i;
      for (; j < accesses_.size() && accesses_[j].offset < end; ++j) {
        end = std::max(end, accesses_[j].end);
        least = std::min(least, ir::BytesOf(accesses_[j].type));
        most = std::max(most, ir::BytesOf(accesses_[j].type));
      }
      const uint32_t begin = accesses_[i].offset;
      // Packs of two or four parts of at least 16 bits.
      bool ok = most == least || (least >= 2 && most / least <= 4);
      for (uint32_t b = begin; b < end; ++b) ok = ok && !stays_[b];
      total += (end - begin) / least;
      if (ok && total <= kMaxElements) {
        regions_.push_back({begin, end, least, static_cast<uint32_t>(types_.size())});
        types_.resize(types_.size() + (end - begin) / least, least == 8 ? Type::kB64 : Type::kB32);
        for (size_t k = i; k < j; ++k) {
          const uint32_t bytes = ir::BytesOf(accesses_[k].type);
          if (bytes != least || bytes < 4) continue;
          for (uint32_t at = accesses_[k].offset; at < accesses_[k].end; at += bytes) {
            types_[regions_.back().first_register + (at - begin) / bytes] = accesses_[k].type;
          }
        }
      } else {
        Keep(begin, end);
      }
      i = j;
    }
    return !regions_.empty();
  }
  const Region* RegionAt(int64_t at) const {
    const auto after =
        std::upper_bound(regions_.begin(), regions_.end(), at,
                         [](int64_t offset, const Region& r) { return offset < r.begin; });
    if (after == regions_.begin()) return nullptr;
    const Region& r = *(after - 1);
    return at < r.end ? &r : nullptr;
  }
  // Whether anything still needs the address of the object.
  bool Leaves(uint32_t root) const { return !needed_[IndexOf(root)]; }

  void Rewrite() {
    Body body(m_, function_);
    for (const Type t : types_) registers_.push_back(body.NewReg(t));
    for (const Body::BlockBody& block : body.blocks) {
      for (const Inst& inst : block.insts) {
        int64_t at = 0;
        if (!PlaceOf(inst, at) || RegionAt(at) != nullptr) continue;
        needed_[IndexOf(Of(m_.Srcs(inst)[0]).root)] = true;
      }
    }
    for (Body::BlockBody& block : body.blocks) {
      std::vector<Inst> out;
      out.reserve(block.insts.size());
      for (const Inst& inst : block.insts) {
        int64_t at = 0;
        if (PlaceOf(inst, at) && RegionAt(at) != nullptr) {
          Replace(body, inst, static_cast<uint32_t>(at), out);
          continue;
        }
        // Addresses of what is no longer there.
        const bool address = inst.num_dsts == 1 && !IsLoadOrStore(inst) &&
                             values_[m_.Dsts(inst)[0].index].IsAddress();
        if (address && Leaves(values_[m_.Dsts(inst)[0].index].root)) continue;
        out.push_back(inst);
      }
      block.insts = std::move(out);
    }
    body.Write();
    Repack();
  }

  // Moves the objects that are still named together, so that each ends where the next one begins.
  void Repack() {
    std::vector<uint32_t> operands;  // copies of an instruction may share them
    for (const ir::Block& block : m_.Blocks(F())) {
      for (const Inst& inst : m_.Insts(block)) {
        for (uint32_t i = 0; i < inst.num_srcs; ++i) {
          const uint32_t at = inst.operands + inst.num_dsts + i;
          if (m_.operands[at].kind == OperandKind::kFrame) operands.push_back(at);
        }
      }
    }
    std::sort(operands.begin(), operands.end());
    operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
    std::vector<bool> named(roots_.size());
    for (const uint32_t at : operands) named[IndexOf(m_.operands[at].index)] = true;
    std::vector<uint32_t> moved(roots_.size());
    uint32_t end = 0;
    for (size_t k = 0; k < roots_.size(); ++k) {
      if (!named[k]) continue;
      const uint32_t align = 1u << std::countr_zero(roots_[k] | F().frame_align);
      moved[k] = (end + align - 1) / align * align;
      end = moved[k] + EndOf(roots_[k]) - roots_[k];
    }
    for (const uint32_t at : operands) {
      m_.operands[at].index = moved[IndexOf(m_.operands[at].index)];
    }
    m_.functions[function_.index].frame_bytes = end;
  }

  void Replace(Body& body, const Inst& access, uint32_t at, std::vector<Inst>& out) {
    const uint32_t bytes = ir::BytesOf(access.type);
    const Inst copy = access;  // the tables below grow
    for (uint32_t i = 0; i < copy.vec; ++i) {
      const Region& region = *RegionAt(at + i * bytes);
      const Operand* parts = nullptr;
      std::vector<Operand> elements;
      const uint32_t first = region.first_register + (at + i * bytes - region.begin) / region.bytes;
      for (uint32_t k = 0; k < bytes / region.bytes; ++k) {
        elements.push_back(Operand::Reg(registers_[first + k]));
      }
      parts = elements.data();
      const Operand value = copy.op == Op::kLd ? m_.Dsts(copy)[i] : m_.Srcs(copy)[i + 1];
      Inst inst;
      inst.guard = copy.guard;
      inst.guard_negated = copy.guard_negated;
      inst.loc = copy.loc;
      if (elements.size() > 1) {
        Split(body, inst, copy.op == Op::kLd, bytes, value, elements, out);
      } else if (copy.op == Op::kLd) {
        Load(body, inst, copy.type, value, *parts, out);
      } else {
        Store(body, inst, copy.type, value, *parts, out);
      }
    }
  }
  void Load(Body& body, Inst inst, Type type, Operand dst, Operand element,
            std::vector<Inst>& out) {
    const uint32_t bytes = ir::BytesOf(type);
    if (bytes < 4 && ir::IsSigned(type)) {  // registers hold narrow elements zero-extended
      inst.op = Op::kBfe;
      inst.type = Type::kS32;
      out.push_back(body.WithOperands(inst, {dst}, {element, m_.Imm(0), m_.Imm(8 * bytes)}));
      return;
    }
    inst.op = Op::kMov;
    inst.type = bytes < 4 ? Type::kB32 : type;
    out.push_back(body.WithOperands(inst, {dst}, {element}));
  }
  void Store(Body& body, Inst inst, Type type, Operand value, Operand element,
             std::vector<Inst>& out) {
    const uint32_t bytes = ir::BytesOf(type);
    if (bytes < 4) {
      inst.op = Op::kAnd;
      inst.type = Type::kB32;
      const uint64_t mask = (1u << (8 * bytes)) - 1;
      out.push_back(body.WithOperands(inst, {element}, {value, m_.Imm(mask)}));
      return;
    }
    inst.op = Op::kMov;
    inst.type = type;
    out.push_back(body.WithOperands(inst, {element}, {value}));
  }
  void Split(Body& body, Inst inst, bool load, uint32_t bytes, Operand value,
             const std::vector<Operand>& elements, std::vector<Inst>& out) {
    inst.type = bytes == 8 ? Type::kB64 : Type::kB32;
    if (load) {
      inst.op = Op::kPack;
      out.push_back(body.WithOperands(inst, {&value, 1}, {elements.data(), elements.size()}));
      return;
    }
    if (!value.IsReg()) {
      Inst mov = inst;
      mov.op = Op::kMov;
      const Operand temp = Operand::Reg(body.NewReg(inst.type));
      mov.guard = ir::RegId();
      mov.guard_negated = false;
      out.push_back(body.WithOperands(mov, {temp}, {value}));
      value = temp;
    }
    inst.op = Op::kUnpack;
    out.push_back(body.WithOperands(inst, {elements.data(), elements.size()}, {&value, 1}));
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  std::vector<Value> values_;
  std::vector<bool> stays_;      // bytes of the frame
  std::vector<uint32_t> roots_;  // first bytes of objects, ascending
  std::vector<bool> needed_;     // objects whose address is still used
  std::vector<Access> accesses_;
  std::vector<Region> regions_;  // ascending
  std::vector<Type> types_;      // of the registers to come
  std::vector<ir::RegId> registers_;
};

}  // namespace

bool PromoteFrame(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  if (f.num_blocks == 0 || f.frame_bytes == 0) return false;
  return Promoter(module, function).Run();
}

}  // namespace ws::pass
