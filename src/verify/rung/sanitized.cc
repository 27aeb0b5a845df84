// sanitized: every check on, at every test size, under several schedules; results may depend
// neither on the schedule nor on what an instance computed before.
#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "base/format.h"
#include "base/hash.h"
#include "exec/parallel.h"
#include "task/element.h"
#include "verify/dangling.h"
#include "verify/precision.h"
#include "verify/rung.h"
#include "verify/surroundings.h"
#include "verify/trial.h"

namespace ws::verify {
namespace {

// Calls made in a row of an instance that reads what earlier calls left behind.
constexpr uint32_t kRepeatedCalls = 24;
constexpr int kShrinkTries = 16, kShrinkTriesInScreens = 4;
constexpr size_t kMaxUnreached = 4;  // notes about lines that no run reached

// What the runs at one size gave.
struct SizeResult {
  bool failed = false;
  std::string reason;
  std::vector<RenderedFinding> findings;  // of the failing run, else notes
  uint64_t runs = 0;
  uint64_t warp_instructions = 0;
  bool order_dependent = false;
  bool keeps_state = false;
  std::set<uint32_t> reached, unreached;  // blocks of the module
  std::string internal;                   // our failure
};

// The first element in which two runs differ, as text; empty if none.
std::string Difference(const task::Task& task, const std::vector<task::Array>& a,
                       const std::vector<task::Array>& b, bool integers_only) {
  size_t output = 0;
  for (const task::Arg& arg : task.args) {
    if (!Session::IsOutput(arg)) continue;
    const task::Array& x = a[output];
    const task::Array& y = b[output++];
    if (x.bytes == y.bytes || (integers_only && task::IsFloat(x.dtype))) continue;
    const auto at = std::ranges::mismatch(x.bytes, y.bytes).in1 - x.bytes.begin();
    const uint64_t element = static_cast<uint64_t>(at) / task::BytesOf(x.dtype);
    return Format("{}{} is {} once and {} then", arg.name, IndexText(IndexOf(x, element)),
                  task::Value::Element(x.dtype, task::BitsAt(x, element)).Text(),
                  task::Value::Element(y.dtype, task::BitsAt(y, element)).Text());
  }
  return {};
}

void AddNote(std::vector<RenderedFinding>& notes, RenderedFinding note) {
  const bool known = std::ranges::any_of(notes, [&](const RenderedFinding& f) {
    return f.id == note.id && f.line == note.line && f.column == note.column;
  });
  if (!known) notes.push_back(std::move(note));
}

void AddUnreachedNote(const ir::Module& module, diag::Loc loc, std::string message,
                      std::vector<RenderedFinding>& notes) {
  exec::Finding note;
  note.kind = exec::FindingKind::kUnreached;
  note.message = std::move(message);
  note.loc = loc;
  note.is_note = true;
  notes.push_back(Render(note, module));
}

// Notes about kernels that no run launched, and lines that stand only in blocks no run reached.
void AddUnreached(const ir::Module& module, const std::set<uint32_t>& reached,
                  const std::set<uint32_t>& unreached, std::vector<RenderedFinding>& notes) {
  const auto line_of = [&](const ir::Inst& inst) {
    return std::pair(module.sources.FileOf(inst.loc),
                     diag::FindLine(module.sources, inst.loc).line);
  };
  std::set<std::pair<uint32_t, uint32_t>> known;
  for (const uint32_t b : reached) {
    for (const ir::Inst& inst : module.Insts(module.blocks[b])) {
      if (inst.loc.valid()) known.insert(line_of(inst));
    }
  }
  // Of the program's own files, not of the math library.
  std::set<uint32_t> files;
  for (const ir::Function& f : module.functions) {
    if (f.kind == ir::FunctionKind::kKernel) files.insert(module.sources.FileOf(f.loc));
  }
  size_t count = 0;
  for (const ir::Function& f : module.functions) {
    if (f.kind != ir::FunctionKind::kKernel || f.num_blocks == 0) continue;
    // Blocks of a kernel that was launched are in one of the two.
    if (reached.contains(f.first_block) || unreached.contains(f.first_block)) continue;
    if (++count > kMaxUnreached) return;
    AddUnreachedNote(module, f.loc, Format("no run at a test size launched {}", f.name), notes);
  }
  for (const uint32_t b : unreached) {
    if (reached.contains(b)) continue;
    for (const ir::Inst& inst : module.Insts(module.blocks[b])) {
      if (!inst.loc.valid() || !files.contains(module.sources.FileOf(inst.loc))) continue;
      if (!known.insert(line_of(inst)).second) continue;
      if (++count > kMaxUnreached) return;
      AddUnreachedNote(module, inst.loc, "no run at a test size came here", notes);
      break;
    }
  }
}

class SizeRun {
 public:
  SizeRun(const Climb& climb, size_t size)
      : climb_(climb), size_(size), sizes_(climb.pool.sizes[size].sizes) {}
  // At a size that is not of the pool; `order` makes the other schedule.
  SizeRun(const Climb& climb, const Sample& sample, size_t order)
      : climb_(climb), size_(order), sizes_(sample.sizes) {}

  SizeResult Go() {
    const task::Task& task = climb_.task;
    // One or two inputs as the task's init says.
    std::vector<const Sample*> samples;
    for (const Sample& sample : climb_.pool.SamplesAt(size_)) {
      if (sample.family == task::Family::kFromInit) samples.push_back(&sample);
    }
    const Sample& a = *samples.front();
    const Sample& b = *samples.back();
    if (climb_.pool.sizes[size_].is_drawn) return GoOnce(a);
    // A, B, A in one instance.
    Session session(climb_.candidate, task);
    std::vector<task::Array> first, other, again;
    if (!Run(session, a, 0, "", first)) return result_;
    if (!Run(session, b, 0, " (second call of an instance)", other)) return result_;
    if (!Run(session, a, 0, " (third call of an instance)", again)) return result_;
    if (!Same(first, again, exec::FindingKind::kStateDependent,
              "the same input gives another result after another call")) {
      return result_;
    }
    const bool keeps_memory = Notes(exec::FindingKind::kLeak);
    if (result_.keeps_state && !Repeat(session, a, first)) return result_;
    if ((result_.keeps_state || keeps_memory) && !Alternate(session, a, first)) return result_;
    if (result_.keeps_state && !Near(session, a)) return result_;
    // B in a fresh one, and A under other schedules.
    {
      Session fresh(climb_.candidate, task);
      std::vector<task::Array> outputs;
      if (!Run(fresh, b, 0, "", outputs)) return result_;
      if (!Same(other, outputs, exec::FindingKind::kStateDependent,
                "an instance that was used before gives another result than a fresh one")) {
        return result_;
      }
    }
    for (uint32_t s = 1; s < climb_.options.schedules; ++s) {
      if (!SameInOrder(a, s, first)) break;
    }
    return result_;
  }

  // In order and under one other schedule.
  SizeResult GoOnce(const Sample& a) {
    std::vector<task::Array> first;
    Session session(climb_.candidate, climb_.task);
    if (Run(session, a, 0, "", first)) SameInOrder(a, 1 + size_, first);
    return result_;
  }

 private:
  bool Notes(exec::FindingKind kind) const {
    const std::string id = MakeFinding(kind, "").id;
    return std::ranges::any_of(result_.findings,
                               [&](const RenderedFinding& f) { return f.id == id; });
  }

  // What a call finds that earlier ones left may show its effect only after many of them.
  bool Repeat(Session& session, const Sample& a, const std::vector<task::Array>& first) {
    exec::RunOptions options;
    options.checks = false;
    options.limits = LimitsFor(a, climb_.options.limits);
    for (uint32_t k = 4; k <= kRepeatedCalls; ++k) {
      auto run = session.Run(a.inputs, sizes(), options);
      if (!run.ok()) {
        result_.failed = true;
        result_.internal = run.error().message;
        return false;
      }
      ++result_.runs;
      if (!run.value().clean) {
        result_.failed = true;
        result_.findings = std::move(run.value().findings);
        result_.reason =
            Format("{} in call {} of an instance at {}",
                   result_.findings.empty() ? "it did not end" : result_.findings[0].message, k,
                   task::ToText(sizes()));
        return false;
      }
      if (!Same(first, run.value().outputs, exec::FindingKind::kStateDependent,
                Format("call {} of an instance gives another result for the same input", k))) {
        return false;
      }
    }
    return true;
  }

  // A call at another size in between: the largest one, for which what earlier calls allocated may
  // be too small.
  bool Alternate(Session& session, const Sample& a, const std::vector<task::Array>& first) {
    const Sample* other = nullptr;
    uint64_t most = 0;
    for (const Sample& sample : climb_.pool.samples) {
      const uint64_t bytes = DataBytes(climb_.task, sample.sizes);
      if (sample.sizes == a.sizes || (other != nullptr && bytes <= most)) continue;
      other = &sample;
      most = bytes;
    }
    if (other == nullptr) return true;
    std::vector<task::Array> ignored, again;
    return RunOnce(session, *other, other->inputs, /*checks=*/true, ignored) &&
           RunOnce(session, a, a.inputs, /*checks=*/false, again) &&
           Same(first, again, exec::FindingKind::kStateDependent,
                Format("the same input gives another result after a call at {}",
                       task::ToText(other->sizes)));
  }

  // A result kept from an earlier call may be found again by a part of the input: each input array
  // in turn differs from A in its last element alone.
  bool Near(Session& session, const Sample& a) {
    const std::vector<task::Arg>& args = climb_.task.args;
    for (size_t i = 0; i < args.size(); ++i) {
      std::vector<task::Array> inputs = a.inputs;
      if (!ChangeLast(args[i], inputs[i])) continue;
      std::vector<task::Array> ignored, used, expected;
      Session fresh(climb_.candidate, climb_.task);
      if (!RunOnce(session, a, a.inputs, false, ignored) ||
          !RunOnce(session, a, inputs, false, used) ||
          !RunOnce(fresh, a, inputs, false, expected) ||
          !Same(used, expected, exec::FindingKind::kStateDependent,
                Format("after a call whose input differs in the last element of `{}` alone, an "
                       "instance gives another result than a fresh one",
                       args[i].name))) {
        return false;
      }
    }
    return true;
  }

  // Gives the last element the value of an earlier one, where the init draws each on its own; false
  // if it does not or all are equal.
  static bool ChangeLast(const task::Arg& arg, task::Array& array) {
    if (arg.role != task::Role::kInput && arg.role != task::Role::kInOut) return false;
    if (arg.init.kind != task::InitKind::kNormal && arg.init.kind != task::InitKind::kUniform &&
        arg.init.kind != task::InitKind::kIntegers) {
      return false;
    }
    const uint64_t n = task::ElementCount(array);
    for (uint64_t i = n; i-- > 0;) {
      const uint64_t bits = task::BitsAt(array, i);
      if (bits == task::BitsAt(array, n - 1)) continue;
      task::SetBits(array, n - 1, bits);
      return true;
    }
    return false;
  }

  // One call for its outputs; false if it fails.
  bool RunOnce(Session& session, const Sample& sample, const std::vector<task::Array>& inputs,
               bool checks, std::vector<task::Array>& outputs) {
    exec::RunOptions options;
    options.checks = checks;
    options.limits = LimitsFor(sample, climb_.options.limits);
    auto run = session.Run(inputs, sample.sizes, options);
    if (!run.ok()) {
      result_.failed = true;
      result_.internal = run.error().message;
      return false;
    }
    ++result_.runs;
    if (!run.value().clean) {
      result_.failed = true;
      result_.findings = std::move(run.value().findings);
      result_.reason =
          Format("{} in a later call of an instance at {}",
                 result_.findings.empty() ? "it did not end" : result_.findings[0].message,
                 task::ToText(sample.sizes));
      return false;
    }
    outputs = std::move(run.value().outputs);
    return true;
  }

  bool SameInOrder(const Sample& sample, uint64_t order, const std::vector<task::Array>& first) {
    Session fresh(climb_.candidate, climb_.task);
    std::vector<task::Array> outputs;
    const uint64_t seed = HashCombine(climb_.options.seed, order) | 1;
    return Run(fresh, sample, seed, " (blocks and warps in another order)", outputs) &&
           Same(first, outputs, exec::FindingKind::kScheduleDependent,
                "another order of blocks and warps gives another result");
  }

  const task::Sizes& sizes() const { return sizes_; }

  bool Run(Session& session, const Sample& sample, uint64_t schedule_seed, std::string_view how,
           std::vector<task::Array>& outputs) {
    exec::RunOptions options;
    options.checks = true;
    options.schedule_seed = schedule_seed;
    options.limits = LimitsFor(sample, climb_.options.limits);
    auto run = session.Run(sample.inputs, sizes(), options);
    if (!run.ok()) {
      result_.failed = true;
      result_.internal = run.error().message;
      return false;
    }
    RunResult& value = run.value();
    ++result_.runs;
    result_.warp_instructions += value.report.warp_instructions;
    result_.order_dependent |= value.report.has_order_dependent_atomics;
    result_.reached.insert(value.report.reached_blocks.begin(), value.report.reached_blocks.end());
    result_.unreached.insert(value.report.unreached_blocks.begin(),
                             value.report.unreached_blocks.end());
    if (!value.clean && Refuses(climb_, sizes(), value.findings)) return false;
    if (!value.clean) {
      result_.failed = true;
      result_.findings = std::move(value.findings);
      std::ranges::stable_sort(result_.findings, {}, &RenderedFinding::is_note);
      const std::string why =
          result_.findings.empty() ? "it did not end" : result_.findings[0].message;
      result_.reason = Format("{} at {}{}", why, task::ToText(sizes()), how);
      return false;
    }
    for (RenderedFinding& note : value.findings) AddNote(result_.findings, std::move(note));
    result_.keeps_state |= Notes(exec::FindingKind::kStateKept);
    outputs = std::move(value.outputs);
    return true;
  }

  // Bitwise. Where the order of atomics may show in floating-point outputs, other schedules are
  // left to the tested rung, which has tolerances; calls under one schedule must agree all the
  // same, and so must integers.
  bool Same(const std::vector<task::Array>& a, const std::vector<task::Array>& b,
            exec::FindingKind kind, std::string_view what) {
    const bool same_schedule = kind != exec::FindingKind::kScheduleDependent;
    const std::string difference =
        Difference(climb_.task, a, b, result_.order_dependent && !same_schedule);
    if (difference.empty()) return true;
    result_.failed = true;
    result_.reason = Format("{}: {} at {}", what, difference, task::ToText(sizes()));
    result_.findings = {MakeFinding(kind, result_.reason)};
    return false;
  }

  const Climb& climb_;
  size_t size_;
  const task::Sizes& sizes_;
  SizeResult result_;
};

std::string FirstId(const SizeResult& result) {
  return result.findings.empty() ? std::string() : result.findings[0].id;
}

// The same finding at smaller sizes that reference and baseline admit, as long as there are such.
SizeResult Smallest(const Climb& climb, size_t order, SizeResult result, task::Sizes& sizes,
                    uint64_t& seed) {
  int tries = climb.options.certify ? kShrinkTries : kShrinkTriesInScreens;
  if (climb.baseline == nullptr) return result;
  for (bool found = true; found;) {
    found = false;
    for (const task::Sizes& smaller : climb.space.Smaller(sizes)) {
      if (tries-- <= 0) return result;
      const auto sample = climb.reference.MakeSample(smaller, task::Family::kFromInit, seed);
      if (!sample.ok()) continue;
      SizeResult again = SizeRun(climb, sample.value(), order).GoOnce(sample.value());
      if (!again.failed || !again.internal.empty() || FirstId(again) != FirstId(result)) continue;
      const auto problem = BaselineProblem(climb.task, *climb.baseline, sample.value(), true);
      if (!problem.ok() || !problem.value().empty()) continue;
      result = std::move(again);
      sizes = smaller;
      found = true;
      break;
    }
  }
  return result;
}

bool ClimbSanitized(Climb& climb, Verdict& verdict) {
  const std::string policy = PrecisionProblem(climb.candidate, climb.task, climb.precision,
                                              climb.approx, verdict.findings);
  if (!policy.empty()) return Reject(verdict, Rung::kSanitized, policy);
  const std::string dangling = DanglingProblem(climb.candidate, verdict.findings);
  if (!dangling.empty()) return Reject(verdict, Rung::kSanitized, dangling);

  const std::vector<PoolSize>& sizes = climb.pool.sizes;
  std::vector<SizeResult> results(sizes.size());
  // One size after another where there is one thread, so that the smallest failure ends it.
  std::atomic<size_t> first_failure = sizes.size();
  exec::ParallelFor(static_cast<int>(climb.options.jobs), sizes.size(), [&](size_t i) {
    if (i > first_failure) return;
    results[i] = SizeRun(climb, i).Go();
    if (!results[i].failed) return;
    size_t known = first_failure;
    while (i < known && !first_failure.compare_exchange_weak(known, i)) {
    }
  });

  Evidence evidence;
  evidence.rung = Rung::kSanitized;
  bool order_dependent = false;
  std::set<uint32_t> reached, unreached;
  size_t drawn = 0;
  for (size_t i = 0; i < sizes.size(); ++i) {
    SizeResult& result = results[i];
    verdict.warp_instructions += result.warp_instructions;
    if (!result.internal.empty()) {
      verdict.outcome = Outcome::kFailed;
      verdict.failed_rung = Rung::kSanitized;
      verdict.reason = result.internal;
      return false;
    }
    if (result.failed) {
      const Sample& sample = climb.pool.SamplesAt(i).front();
      verdict.has_witness = true;
      verdict.witness.sizes = sizes[i].sizes;
      verdict.witness.seed = sample.seed;
      result = Smallest(climb, i, std::move(result), verdict.witness.sizes, verdict.witness.seed);
      verdict.findings = std::move(result.findings);
      return Reject(verdict, Rung::kSanitized, result.reason);
    }
    evidence.runs += result.runs;
    evidence.sizes.push_back(sizes[i].sizes);
    drawn += sizes[i].is_drawn ? 1 : 0;
    order_dependent |= result.order_dependent;
    for (RenderedFinding& note : result.findings) AddNote(verdict.findings, std::move(note));
    reached.merge(result.reached);
    unreached.merge(result.unreached);
  }
  for (RenderedFinding& note : SurroundingsNotes(climb.candidate, climb.task.entry)) {
    AddNote(verdict.findings, std::move(note));
  }
  AddUnreached(climb.program->module(), reached, unreached, verdict.findings);
  evidence.summary =
      Format("no finding in {} runs with every check at {} size{}{} under {} schedules; {}",
             evidence.runs, sizes.size() - drawn, sizes.size() - drawn == 1 ? "" : "s",
             drawn > 0 ? Format(" and {} drawn", drawn) : std::string(), climb.options.schedules,
             order_dependent ? "results may depend on the order of atomics"
                             : "same bits under every schedule and after other calls");
  verdict.evidence.push_back(std::move(evidence));
  return true;
}

}  // namespace

extern const RungStep kSanitized = {
    Rung::kSanitized,
    "no out-of-bounds, uninitialised use, race, divergent barrier, leak; outputs written in full, "
    "inputs unchanged, precision kept",
    &ClimbSanitized};

}  // namespace ws::verify
