#include "pass/simplify_cfg.h"

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

class Simplifier {
 public:
  explicit Simplifier(Body& body) : body_(body), blocks_(body.blocks) {}

  void Run() {
    for (size_t b = 0; b < blocks_.size(); ++b) SkipEmpty(blocks_[b]);
    FindReachable();
    Join();
    Compact();
  }

 private:
  bool OnlyJumps(uint32_t b) const {
    return blocks_[b].insts.size() == 1 && blocks_[b].insts[0].op == Op::kBra &&
           blocks_[b].unroll == 0;
  }
  void SkipEmpty(Body::BlockBody& block) {
    Operand* targets[2];
    body_.Targets(block, targets);
    for (Operand* t : targets) {
      if (t == nullptr) continue;
      for (size_t hops = 0; OnlyJumps(t->index) && hops < blocks_.size(); ++hops) {
        Operand* next[2];
        body_.Targets(blocks_[t->index], next);
        *t = *next[0];
      }
    }
    if (targets[1] == nullptr || !(*targets[0] == *targets[1])) return;
    block.insts.back() = body_.Branch(targets[0]->index, block.insts.back().loc);
  }
  void FindReachable() {
    preds_.assign(blocks_.size(), 0);
    reachable_.assign(blocks_.size(), false);
    std::vector<uint32_t> work = {0};
    reachable_[0] = true;
    preds_[0] = 1;  // the caller
    while (!work.empty()) {
      const uint32_t b = work.back();
      work.pop_back();
      Operand* targets[2];
      body_.Targets(blocks_[b], targets);
      for (const Operand* t : targets) {
        if (t == nullptr) continue;
        ++preds_[t->index];
        if (reachable_[t->index]) continue;
        reachable_[t->index] = true;
        work.push_back(t->index);
      }
    }
  }
  void Join() {
    for (uint32_t b = 0; b < blocks_.size(); ++b) {
      if (!reachable_[b]) continue;
      while (!blocks_[b].insts.empty() && blocks_[b].insts.back().op == Op::kBra) {
        Operand* targets[2];
        body_.Targets(blocks_[b], targets);
        const uint32_t next = targets[0]->index;
        if (next == b || preds_[next] != 1 || blocks_[next].unroll != 0) break;
        std::vector<Inst>& insts = blocks_[b].insts;
        insts.pop_back();
        insts.insert(insts.end(), blocks_[next].insts.begin(), blocks_[next].insts.end());
        reachable_[next] = false;
        blocks_[next].insts.clear();
      }
    }
  }
  void Compact() {
    std::vector<uint32_t> place(blocks_.size());
    uint32_t kept = 0;
    for (uint32_t b = 0; b < blocks_.size(); ++b) {
      place[b] = kept;
      if (!reachable_[b]) continue;
      if (kept != b) blocks_[kept] = std::move(blocks_[b]);
      ++kept;
    }
    blocks_.resize(kept);
    for (Body::BlockBody& block : blocks_) {
      Operand* targets[2];
      body_.Targets(block, targets);
      for (Operand* t : targets) {
        if (t != nullptr) t->index = place[t->index];
      }
    }
  }

  Body& body_;
  std::vector<Body::BlockBody>& blocks_;
  std::vector<uint32_t> preds_;
  std::vector<bool> reachable_;
};

// Whether there is anything to do; cheaper than taking the function apart.
bool Needed(const ir::Module& m, const ir::Function& f) {
  std::vector<uint32_t> preds(f.num_blocks, 0);
  preds[0] = 1;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Successors s = ir::SuccessorsOf(m, f, b);
    for (uint32_t i = 0; i < s.count; ++i) ++preds[s.block[i]];
  }
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Block& block = m.blocks[f.first_block + b];
    if (preds[b] == 0) return true;
    if (block.num_insts == 1 && block.unroll == 0 && m.insts[block.first_inst].op == Op::kBra) {
      return true;
    }
    const ir::Successors s = ir::SuccessorsOf(m, f, b);
    const bool joins = s.count == 1 && preds[s.block[0]] == 1 && s.block[0] != b;
    if (joins && m.blocks[f.first_block + s.block[0]].unroll == 0) return true;
  }
  return false;
}

}  // namespace

bool SimplifyCfg(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  if (f.num_blocks == 0 || !Needed(module, f)) return false;
  Body body(module, function);
  Simplifier(body).Run();
  body.Write();
  return true;
}

}  // namespace ws::pass
