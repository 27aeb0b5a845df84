#include "exec/machine.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/format.h"
#include "exec/launch.h"

namespace ws::exec {
namespace {

constexpr size_t kMaxFindings = 64;
constexpr uint64_t kMostConstantBytes = 65536;  // of every architecture

// Variables of the module that host code reads and writes directly: they live on the host.
std::vector<bool> HostVariables(const ir::Module& module) {
  std::vector<bool> on_host(module.globals.size(), false);
  std::vector<bool> on_device(module.globals.size(), false);
  for (const ir::Function& f : module.functions) {
    const bool host = f.kind == ir::FunctionKind::kHost;
    for (const ir::Block& b : module.Blocks(f)) {
      for (const ir::Inst& i : module.Insts(b)) {
        for (const ir::Operand& o : module.Srcs(i)) {
          if (o.kind != ir::OperandKind::kGlobal) continue;
          (host ? on_host : on_device)[o.index] = true;
        }
      }
    }
  }
  // What a variable points to lies where it lies.
  for (std::vector<bool>* side : {&on_host, &on_device}) {
    std::vector<uint32_t> todo;
    for (uint32_t g = 0; g < module.globals.size(); ++g) {
      if ((*side)[g]) todo.push_back(g);
    }
    while (!todo.empty()) {
      const uint32_t g = todo.back();
      todo.pop_back();
      for (const ir::Relocation& r : module.globals[g].addresses) {
        if ((*side)[r.target.index]) continue;
        (*side)[r.target.index] = true;
        todo.push_back(r.target.index);
      }
    }
  }
  for (uint32_t g = 0; g < module.globals.size(); ++g) {
    const bool on_both = on_device[g] || module.globals[g].is_device;
    if (on_both || module.globals[g].space == ir::Space::kConst) on_host[g] = false;
  }
  return on_host;
}

}  // namespace

Machine::Machine(const ir::Module& m, std::shared_ptr<Memory> shared)
    : module(m),
      memory_owner(shared != nullptr ? std::move(shared) : std::make_shared<Memory>()),
      memory(*memory_owner),
      global_address(m.globals.size(), 0),
      on_host_(HostVariables(m)) {
  for (uint32_t g = 0; g < m.globals.size(); ++g) {
    const ir::Global& global = m.globals[g];
    if (global.space == ir::Space::kShared) continue;
    const Tag tag =
        on_host_[g] ? Tag::kHost : (global.space == ir::Space::kConst ? Tag::kConst : Tag::kGlobal);
    uint64_t& sum = tag == Tag::kHost ? host_variable_bytes : device_variable_bytes;
    const uint64_t limit = tag == Tag::kHost ? Limits{}.host_bytes : Limits{}.device_bytes;
    sum += std::min(global.bytes, ~uint64_t{0} - sum);
    if (sum > limit) continue;
    const uint64_t address = memory.Allocate(tag, global.bytes, global.name, 0, kByteInit);
    if (address == 0) continue;
    AllocView& view = *memory.Find(address);
    Allocation& info = memory.InfoOf(view);
    info.is_module = true;
    info.loc = global.loc;
    view.read_only = tag == Tag::kConst;
    view.managed = global.is_managed;
    for (size_t k = 0; k < global.init.size() && k < global.bytes; ++k) {
      view.data[k] = global.init[k];
    }
    global_address[g] = address;
  }
  for (uint32_t g = 0; g < m.globals.size(); ++g) {
    AllocView* view = memory.Find(global_address[g]);
    if (view == nullptr) continue;
    for (const ir::Relocation& r : m.globals[g].addresses) {
      const uint64_t target = global_address[r.target.index];
      if (target == 0) continue;
      const uint64_t address = (target + static_cast<uint64_t>(r.addend)) >> (8 * r.first);
      memcpy(view->data + r.offset, &address, r.bytes);
    }
  }
}

Machine::~Machine() {
  for (const uint64_t address : global_address) {
    if (address != 0) memory.Free(address);
  }
}

void Machine::CheckVariables() {
  const auto check = [this](bool on_host, uint64_t bytes, uint64_t limit) {
    if (bytes <= limit) return;
    // The largest is what to look at.
    const ir::Global* largest = nullptr;
    for (uint32_t g = 0; g < module.globals.size(); ++g) {
      const ir::Global& global = module.globals[g];
      if (global.space == ir::Space::kShared || on_host_[g] != on_host) continue;
      if (largest == nullptr || global.bytes > largest->bytes) largest = &global;
    }
    Report(FindingKind::kNoMemory, {.loc = largest->loc},
           Format("{} has {} bytes; the variables of the {} may have {} together", largest->name,
                  largest->bytes, on_host ? "host code" : "device code", limit));
  };
  uint64_t constant_bytes = 0;
  const ir::Global* last = nullptr;
  for (const ir::Global& global : module.globals) {
    if (global.space != ir::Space::kConst) continue;
    constant_bytes += std::min(global.bytes, ~uint64_t{0} - constant_bytes);
    if (last == nullptr && constant_bytes > kMostConstantBytes) last = &global;
  }
  if (last != nullptr) {
    Report(FindingKind::kNoMemory, {.loc = last->loc},
           Format("with {} the constants of the program have {} bytes; {} are possible", last->name,
                  constant_bytes, kMostConstantBytes));
  }
  check(true, host_variable_bytes, std::min(options.limits.host_bytes, Limits{}.host_bytes));
  check(false, device_variable_bytes, std::min(options.limits.device_bytes, Limits{}.device_bytes));
}

const Program* Machine::ProgramOf(ir::FunctionId function, const Site& site) {
  std::unique_ptr<Entry>& entry = programs_[function.index];
  if (entry == nullptr) {
    entry = std::make_unique<Entry>();
    entry->error = Predecode(module, function, global_address, entry->program);
    entry->reached.assign(entry->program.code.size() + 1, 0);
  }
  if (!entry->error.empty()) {
    Report(FindingKind::kBadLaunch, site, entry->error);
    return nullptr;
  }
  return &entry->program;
}

void Machine::Print(std::string_view text) {
  if (options.print) options.print(text);
  const uint64_t room = kMostPrinted - std::min(kMostPrinted, report.printed.size());
  report.printed += text.substr(0, room);
  report.printed_more |= text.size() > room && !options.print;
}

uint64_t Machine::RoomToPrint() const {
  if (options.print) return kMostPrintedByLaunch;
  return kMostPrinted - std::min(kMostPrinted, report.printed.size());
}

void Machine::Report(FindingKind kind, const Site& site, std::string message, diag::Loc other,
                     bool note) {
  const bool fatal = InfoOf(kind).fatal && !note;
  if (fatal && report.status == RunStatus::kOk) {
    report.status = kind == FindingKind::kNoFuel     ? RunStatus::kNoFuel
                    : kind == FindingKind::kNoMemory ? RunStatus::kNoMemory
                                                     : RunStatus::kStopped;
  }
  if (CountRepeat(kind, site, note)) return;
  for (Finding& f : report.findings) {
    if (f.kind == kind && !f.loc.valid() && !site.loc.valid() && f.kernel == site.kernel &&
        f.is_note == note && f.message == message) {
      ++f.count;
      return;
    }
  }
  const bool of_undefined = kind == FindingKind::kUninitializedBranch ||
                            kind == FindingKind::kUninitializedAddress ||
                            kind == FindingKind::kUninitializedOutput;
  const bool of_shuffle = of_undefined && !lone_shuffle.kernel.empty();
  if (of_shuffle && !other.valid()) other = lone_shuffle.loc;
  // A fatal finding is never dropped: it says why the run ended.
  if (report.findings.size() >= kMaxFindings) {
    if (!fatal) return;
    report.findings.pop_back();
  }
  report.findings.push_back({.kind = kind,
                             .message = std::move(message),
                             .loc = site.loc,
                             .other_loc = other,
                             .kernel = std::string(site.kernel),
                             .launch = site.launch,
                             .block = site.block,
                             .thread = site.thread,
                             .grid = site.grid,
                             .block_size = site.block_size,
                             .is_note = note});
  if (of_undefined && !note && !undefined_read_text.empty()) {
    Report(kind, undefined_read, undefined_read_text, {}, true);
  }
  if (!of_shuffle) return;
  Report(FindingKind::kInactiveShuffleSource, lone_shuffle,
         Format("the shuffle reads from lane {}, which does not take part: its value is undefined",
                lone_shuffle_lane),
         {}, true);
}

bool Machine::CountRepeat(FindingKind kind, const Site& site, bool note) {
  if (!site.loc.valid()) return false;
  for (Finding& f : report.findings) {
    if (f.kind == kind && f.loc == site.loc && f.is_note == note && f.kernel == site.kernel) {
      ++f.count;
      return true;
    }
  }
  return false;
}

void Machine::NoteLoneShuffle(const Site& site, uint32_t lane) {
  if (!lone_shuffle.kernel.empty()) return;
  lone_shuffle = site;
  lone_shuffle_lane = lane;
}

void Machine::ListBlocks(std::vector<uint32_t>& reached, std::vector<uint32_t>& unreached) const {
  for (const auto& [function, entry] : programs_) {
    if (module.functions[function].kind != ir::FunctionKind::kKernel || !entry->error.empty()) {
      continue;
    }
    std::map<uint32_t, bool> any;  // an exit may be there several times
    for (const CodeBlock& b : entry->program.blocks) {
      any[b.block] = any[b.block] || entry->reached[b.first] != 0;
    }
    for (const auto& [block, was] : any) (was ? reached : unreached).push_back(block);
  }
  std::ranges::sort(reached);
  std::ranges::sort(unreached);
}

std::string Machine::Describe(const AllocView& view, int64_t offset) const {
  if (view.foreign) return Format("{:#x}", reinterpret_cast<uintptr_t>(view.data + offset));
  return Format("byte {} of {} ({} bytes)", offset, memory.InfoOf(view).name, view.size);
}

FindingInfo InfoOf(FindingKind kind) {
  switch (kind) {
#define FINDING(name, fatal, message, hint) \
  case FindingKind::k##name:                \
    return {#name, fatal != 0, message, hint};
#include "exec/findings.def"
#undef FINDING
    case FindingKind::kCount:
      break;
  }
  return {"", false, "", ""};
}

// The place of an instruction, or of the last one before it in its function that has one: what a
// built-in function is made of need not.
static diag::Loc LocNear(const ir::Module& module, uint32_t inst) {
  if (module.insts[inst].loc.valid()) return module.insts[inst].loc;
  const auto place_in = [&](uint32_t b) { return inst - module.blocks[b].first_inst; };
  for (const ir::Function& f : module.functions) {
    for (uint32_t b = f.first_block; b < f.first_block + f.num_blocks; ++b) {
      if (place_in(b) >= module.blocks[b].num_insts) continue;
      uint32_t before = place_in(b);
      while (true) {
        while (before > 0) {
          const diag::Loc loc = module.insts[module.blocks[b].first_inst + --before].loc;
          if (loc.valid()) return loc;
        }
        if (b == f.first_block) return f.loc;
        before = module.blocks[--b].num_insts;
      }
    }
  }
  return {};
}

// The place of an instruction; in a function of the library, that of the call of it which the
// program makes.
static diag::Loc LocOf(const Vm* vm, uint32_t inst, uint32_t lane) {
  constexpr int kMostCalls = 64;
  const ir::Module& module = vm->machine->module;
  const Program& program = *vm->program;
  if (inst >= module.insts.size()) return {};
  for (uint32_t at = inst, calls = 0; calls < kMostCalls; ++calls) {
    if (module.insts[at].loc.valid()) return module.insts[at].loc;
    const auto row = std::ranges::find_if(program.returns, [&](const ReturnSlot& r) {
      return r.first_inst <= at && at < r.end_inst;
    });
    if (row == program.returns.end()) break;
    const uint32_t behind = Lanes32(vm->regs, row->offset)[lane];
    if (behind == 0 || behind > program.origin.size()) break;
    at = program.origin[behind - 1];
  }
  if (vm->launch != nullptr && vm->launch->loc.valid()) return vm->launch->loc;
  return LocNear(module, inst);
}

Site SiteOf(const Vm* vm, uint32_t inst, uint32_t lane) {
  const Machine& machine = *vm->machine;
  Site site;
  site.loc = LocOf(vm, inst, lane);
  if (vm->launch == nullptr) {
    site.launch = machine.num_launches;
    return site;
  }
  const LaunchState& launch = *vm->launch;
  site.kernel = machine.module.functions[launch.launch->kernel.index].name;
  site.launch = launch.index;
  site.grid = launch.launch->grid;
  site.block_size = launch.launch->block;
  site.block = launch.BlockIndex(launch.current_block);
  const Dim3& size = launch.launch->block;
  const uint32_t thread = vm->warp->index * 32 + lane;
  site.thread = {thread % size[0], thread / size[0] % size[1], thread / (size[0] * size[1])};
  return site;
}

void ReportAt(Vm* vm, const VmInst* i, uint32_t lanes, FindingKind kind, std::string message,
              diag::Loc other, bool note) {
  const uint32_t inst = vm->program->origin[static_cast<size_t>(i - vm->code)];
  const uint32_t lane = lanes == 0 ? 0 : static_cast<uint32_t>(__builtin_ctz(lanes));
  vm->machine->Report(kind, SiteOf(vm, inst, lane), std::move(message), other, note);
}

}  // namespace ws::exec
