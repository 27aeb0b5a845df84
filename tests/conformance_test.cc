// Tables of PTX instructions, what goes in, and what the PTX ISA says comes out, which
// tools/conformance computes with exact arithmetic, apart from the engine.
//
//   == add.sat.s32 {d}, {a}, {b};
//   types d:s32 a:s32 b:s32
//   7fffffff 00000001 = 7fffffff
//
// A result may be `nan`, any of them, or `bits~ulp=2`, `bits~rel=2^-22.9`, `bits~abs=2^-20.5`.
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/format.h"
#include "diag/render.h"
#include "exec/engine.h"
#include "ir/float_ops.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

struct Operand {
  char name;
  std::string type;
  bool is_result() const { return name == 'd' || name == 'e'; }
};

struct Section {
  std::string file, text;  // where it stands, the instructions
  std::vector<Operand> operands;
  struct Row {
    std::vector<uint64_t> sources;
    std::vector<std::string> results;
  };
  std::vector<Row> rows;
};

uint32_t BitsOfType(const std::string& type) {
  if (type == "pred") return 1;
  if (type == "f16x2" || type == "bf16x2") return 32;
  return static_cast<uint32_t>(std::stoul(type.substr(type.find_first_of("0123456789"))));
}
bool IsFloatType(const std::string& type) { return type.find('f') != std::string::npos; }

// As a register is declared.
std::string RegisterType(const std::string& type) {
  if (type == "f16" || type == "bf16") return "b16";
  if (type == "f16x2" || type == "bf16x2") return "b32";
  return type;
}

std::vector<Section> ReadTable(const std::filesystem::path& path) {
  std::vector<Section> sections;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("== ")) {
      sections.push_back({path.filename().string(), line.substr(3), {}, {}});
      continue;
    }
    if (sections.empty()) continue;
    std::istringstream words(line);
    std::string word;
    if (line.starts_with("types ")) {
      words >> word;
      while (words >> word) sections.back().operands.push_back({word[0], word.substr(2)});
      continue;
    }
    Section::Row row;
    bool behind = false;
    while (words >> word) {
      if (word == "=") {
        behind = true;
      } else if (behind) {
        row.results.push_back(word);
      } else {
        row.sources.push_back(std::stoull(word, nullptr, 16));
      }
    }
    sections.back().rows.push_back(row);
  }
  return sections;
}

// A kernel whose thread r executes the instructions on row r: 8 bytes for every value.
std::string KernelOf(const Section& section) {
  std::string text =
      ".version 8.6\n.target sm_90\n.address_size 64\n"
      ".visible .entry k(.param .u64 in, .param .u64 out) {\n"
      "  .reg .u32 %t, %flag;\n  .reg .u64 %in, %out, %at;\n";
  uint32_t sources = 0, results = 0;
  for (const Operand& o : section.operands) {
    AppendFormat(text, "  .reg .{} %{};\n", RegisterType(o.type), o.name);
    ++(o.is_result() ? results : sources);
  }
  AppendFormat(text,
               "  ld.param.u64 %in, [in];\n  ld.param.u64 %out, [out];\n  mov.u32 %t, %tid.x;\n"
               "  mul.wide.u32 %at, %t, {};\n  add.s64 %in, %in, %at;\n"
               "  mul.wide.u32 %at, %t, {};\n  add.s64 %out, %out, %at;\n",
               8 * sources, 8 * results);
  uint32_t k = 0;
  for (const Operand& o : section.operands) {
    if (o.is_result()) continue;
    const uint32_t bits = BitsOfType(o.type);
    if (bits == 1) {
      AppendFormat(text, "  ld.global.u32 %flag, [%in+{}];\n  setp.ne.u32 %{}, %flag, 0;\n", 8 * k,
                   o.name);
    } else {
      AppendFormat(text, "  ld.global.b{} %{}, [%in+{}];\n", bits, o.name, 8 * k);
    }
    ++k;
  }
  std::string body = section.text;
  for (const Operand& o : section.operands) {
    const std::string hole = Format("{{{}}}", o.name);
    for (size_t at = body.find(hole); at != std::string::npos; at = body.find(hole)) {
      body.replace(at, hole.size(), Format("%{}", o.name));
    }
  }
  text += "  " + body + "\n";
  k = 0;
  for (const Operand& o : section.operands) {
    if (!o.is_result()) continue;
    const uint32_t bits = BitsOfType(o.type);
    if (bits == 1) {
      AppendFormat(text, "  selp.u32 %flag, 1, 0, %{};\n  st.global.u32 [%out+{}], %flag;\n",
                   o.name, 8 * k);
    } else {
      AppendFormat(text, "  st.global.b{} [%out+{}], %{};\n", bits, 8 * k, o.name);
    }
    ++k;
  }
  return text + "  ret;\n}\n";
}

double ValueOf(const std::string& type, uint64_t bits) {
  if (type == "f64") return ir::AsF64(bits);
  if (type == "f32") return ir::AsF32(static_cast<uint32_t>(bits));
  if (type == "bf16") return ir::BFloatValue(static_cast<uint32_t>(bits));
  return ir::HalfValue(static_cast<uint32_t>(bits));
}

// Bits in the order of the values, so that neighbours differ by 1.
int64_t Ordered(uint64_t bits, uint32_t width) {
  const uint64_t sign = uint64_t{1} << (width - 1);
  return (bits & sign) != 0 ? -static_cast<int64_t>(bits & (sign - 1)) : static_cast<int64_t>(bits);
}

// The lanes of a packed type; one for others.
bool Meets(const std::string& type, const std::string& expected, uint64_t got) {
  if (type == "f16x2" || type == "bf16x2") {
    const std::string half = type == "f16x2" ? "f16" : "bf16";
    const size_t tilde = expected.find('~');
    if (expected == "nan" || tilde != std::string::npos) {
      const uint64_t bits = expected == "nan" ? 0 : std::stoull(expected, nullptr, 16);
      const std::string bound = tilde == std::string::npos ? "" : expected.substr(tilde);
      const auto part = [&](uint64_t b) {
        return expected == "nan" ? expected : Format("{:04x}{}", b & 0xffff, bound);
      };
      return Meets(half, part(bits), got & 0xffff) && Meets(half, part(bits >> 16), got >> 16);
    }
  }
  const bool is_float = IsFloatType(type) && !type.ends_with("x2");
  if (expected == "nan") return std::isnan(ValueOf(type, got));
  const uint64_t bits = std::stoull(expected, nullptr, 16);
  const size_t tilde = expected.find('~');
  if (tilde == std::string::npos || bits == got) return bits == got;
  if (!is_float) return false;
  const std::string bound = expected.substr(tilde + 1);
  const std::string amount = bound.substr(bound.find('=') + 1);
  const double most =
      amount.starts_with("2^") ? std::exp2(std::stod(amount.substr(2))) : std::stod(amount);
  const double want = ValueOf(type, bits), have = ValueOf(type, got);
  if (!std::isfinite(want) || !std::isfinite(have)) return false;
  if (bound.starts_with("ulp")) {
    const uint32_t width = BitsOfType(type);
    return std::fabs(static_cast<double>(Ordered(bits, width) - Ordered(got, width))) <= most;
  }
  // These are bounds against the exact result, from which `want` is half a unit away.
  const double half = std::fabs(ValueOf(type, bits ^ 1) - want) / 2;
  if (bound.starts_with("rel")) return std::fabs(want - have) <= most * std::fabs(want) + half;
  return std::fabs(want - have) <= most + half;
}

using Ops = std::array<bool, static_cast<size_t>(ir::Op::kCount)>;

void Check(const Section& section, bool optimised, Ops* ops) {
  SCOPED_TRACE(section.file + ": " + section.text);
  ir::PtxProgram program("table.ptx", KernelOf(section));
  ASSERT_TRUE(program.ok()) << diag::ToText(program.diagnostics());
  ASSERT_TRUE(program.diagnostics().empty()) << diag::ToText(program.diagnostics());
  ir::Module& module = program.module();
  for (const ir::Inst& inst : module.insts) (*ops)[static_cast<size_t>(inst.op)] = true;
  if (optimised) pass::ForExecution(module);
  ASSERT_TRUE(ir::Verify(module).empty());
  uint32_t results = 0;
  std::vector<uint64_t> in;
  for (const Operand& o : section.operands) results += o.is_result() ? 1 : 0;
  constexpr uint32_t kThreads = 256;
  const uint32_t rows = static_cast<uint32_t>(section.rows.size());
  for (uint32_t first = 0; first < rows; first += kThreads) {
    const uint32_t count = std::min(kThreads, rows - first);
    in.clear();
    for (uint32_t r = 0; r < count; ++r) {
      const auto& sources = section.rows[first + r].sources;
      in.insert(in.end(), sources.begin(), sources.end());
    }
    exec::Instance instance(module);
    const exec::DevicePtr from = instance.Allocate(std::max<size_t>(8, 8 * in.size()), "in");
    const exec::DevicePtr to = instance.Allocate(8ull * results * count, "out");
    instance.Write(from, {reinterpret_cast<const uint8_t*>(in.data()), 8 * in.size()});
    instance.Write(to, std::vector<uint8_t>(8ull * results * count, 0));
    exec::Launch launch;
    launch.kernel = module.Find("k");
    launch.block = {count, 1, 1};
    launch.params.resize(16);
    memcpy(launch.params.data(), &from, 8);
    memcpy(launch.params.data() + 8, &to, 8);
    const exec::RunReport report = instance.LaunchKernel(launch, exec::RunOptions());
    ASSERT_TRUE(report.clean()) << (report.findings.empty() ? "" : report.findings[0].message);
    const auto bytes = instance.Read(to);
    for (uint32_t r = 0; r < count; ++r) {
      const Section::Row& row = section.rows[first + r];
      uint32_t k = 0;
      for (const Operand& o : section.operands) {
        if (!o.is_result()) continue;
        uint64_t got = 0;
        memcpy(&got, bytes.data() + 8 * (size_t{r} * results + k), 8);
        ASSERT_LT(k, row.results.size());
        std::string sources;
        for (const uint64_t s : row.sources) AppendFormat(sources, " {:x}", s);
        EXPECT_TRUE(Meets(o.type, row.results[k], got))
            << "of" << sources << ": " << Format("{:x}", got) << ", not " << row.results[k];
        ++k;
      }
    }
  }
}

TEST(Conformance, InstructionsDoWhatThePtxIsaSays) {
  const std::filesystem::path folder = WS_TABLES_DIR;
  uint32_t sections = 0;
  Ops ops{};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    for (const Section& section : ReadTable(entry.path())) {
      Check(section, false, &ops);
      Check(section, true, &ops);
      ++sections;
    }
  }
  EXPECT_GT(sections, 0u);
  // Every operation on values alone stands in a table; those on addresses have no values to tell.
  for (size_t op = 0; op < ops.size(); ++op) {
    const ir::OpInfo info = ir::InfoOf(static_cast<ir::Op>(op));
    const bool is_address = static_cast<ir::Op>(op) == ir::Op::kCvta ||
                            static_cast<ir::Op>(op) == ir::Op::kCvtaTo ||
                            static_cast<ir::Op>(op) == ir::Op::kIsSpace;
    if (info.effect == ir::Effect::None && !is_address) {
      EXPECT_TRUE(ops[op]) << info.name << " is in no table";
    }
  }
}

}  // namespace
}  // namespace ws
