#include "search/subject.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/format.h"
#include "base/hash.h"
#include "diag/render.h"
#include "front/compiled.h"
#include "front/include_files.h"
#include "nest/lift.h"
#include "search/source_hash.h"
#include "task/element.h"

namespace ws::search {
namespace {

namespace fs = std::filesystem;

// The bench size that counts most.
const task::Sizes& MainSizes(const task::Task& task) {
  const auto heaviest = std::ranges::max_element(task.bench_sizes, {}, &task::BenchSize::weight);
  return heaviest->sizes;
}

// Values of the launcher's scalar parameters; 0 for pointers and for what is no integer.
nest::SizeValues SizeValuesOf(const task::Task& task) {
  nest::SizeValues values;
  for (const task::Arg& arg : task.args) {
    int64_t value = 0;
    if (arg.role == task::Role::kScalar) {
      const auto result = task::Evaluate({arg.value.value_or(arg.name)}, MainSizes(task));
      if (result.ok()) value = result.value();
    }
    values.push_back(value);
  }
  return values;
}

double BytesOfTask(const task::Task& task) {
  double bytes = 0;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    const auto size = task::BytesOfArray(arg, MainSizes(task));
    if (size.ok()) bytes += static_cast<double>(size.value());
  }
  return bytes;
}

// `file:line:column: ` of a position in the program, or nothing.
std::string PlaceText(const diag::SourceMap& sources, diag::Loc loc) {
  if (!loc.valid()) return {};
  const uint32_t file = sources.FileOf(loc);
  if (file >= sources.size()) return {};
  const diag::LineColumn at = diag::FindLine(sources, loc);
  return Format("{}:{}:{}: ", sources.file(file).name, at.line, at.column);
}

// Of a file's bytes.
std::string FileHash(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> block(size_t{1} << 16);
  uint64_t hash = 0;
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    hash = HashCombine(hash, HashText({block.data(), static_cast<size_t>(file.gcount())}));
  }
  return Format("{:016x}", hash);
}

// `y: output f32 [rows, cols], row-major`, a line per argument, and the size that is timed.
std::string SignatureText(const task::Task& task) {
  std::string text;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) {
      AppendFormat(text, "  {}: {}\n", arg.name, arg.ctype);
      continue;
    }
    std::string shape;
    for (const task::SizeExpr& extent : arg.shape) {
      AppendFormat(shape, "{}{}", shape.empty() ? "" : ", ", extent.text);
    }
    AppendFormat(text, "  {}: {} {} [{}], row-major\n", arg.name, task::Name(arg.role),
                 task::Name(arg.dtype), shape);
  }
  AppendFormat(text, "It is timed at {}, and must be right at all sizes.\n",
               task::ToText(MainSizes(task)));
  return text;
}

}  // namespace

Subject MakeSubject(const task::Task& task, const std::string& source, const std::string& file_name,
                    const std::string& arch) {
  Subject subject;
  subject.source = source;
  subject.entry = task.entry;
  subject.bench_sizes = SizeValuesOf(task);
  subject.arch = arch;
  subject.signature = SignatureText(task);
  const std::unique_ptr<front::Compiled> compiled =
      front::CompileText(file_name, source, {.read_includes = true});
  if (!compiled->ok()) {
    subject.why_not = diag::ToText(compiled->diagnostics());
    return subject;
  }
  subject.compiled = true;
  nest::Lifted lifted = nest::Lift(compiled->program(), task.entry);
  subject.lifted = lifted.ok;
  subject.program = std::move(lifted.program);
  if (!lifted.ok) {
    subject.why_not = PlaceText(*compiled->program().sources, lifted.where) + lifted.why_not;
  }
  return subject;
}

know::Context MakeContext(const task::Task& task, const Subject& subject) {
  know::Context context;
  context.op_class = subject.lifted ? nest::Name(nest::Classify(subject.program)) : "unknown";
  for (const task::Arg& arg : task.args) {
    const bool is_output = arg.role == task::Role::kOutput || arg.role == task::Role::kInOut;
    if (is_output && context.dtype.empty()) context.dtype = task::Name(arg.dtype);
  }
  const double bytes = std::max(1.0, BytesOfTask(task));
  context.shape_bucket = Format("2^{}", static_cast<int>(std::lround(std::log2(bytes))));
  Json shapes = Json::array();  // of the arrays, without names
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    Json extents = Json::array();
    for (const task::SizeExpr& extent : arg.shape) {
      const auto value = task::Evaluate(extent, MainSizes(task));
      extents.push_back(value.ok() ? value.value() : 0);
    }
    shapes.push_back({{"role", task::Name(arg.role)},
                      {"dtype", task::Name(arg.dtype)},
                      {"shape", std::move(extents)}});
  }
  context.features = DumpJson(
      {{"arrays", std::move(shapes)}, {"approx", task.approx}, {"precision", task.precision}});
  context.target = "cuda";
  context.arch = subject.arch;
  return context;
}

std::map<std::string, std::string> FileHashes(const task::Task& task, const std::string& start_file,
                                              const std::string& start) {
  std::map<std::string, std::string> hashes;
  const std::string folder = task.directory.empty() ? "." : task.directory;
  const auto add = [&](const std::string& path, const std::string& hash) {
    std::error_code code;
    const fs::path name = fs::proximate(path, folder, code);
    hashes[code ? path : name.generic_string()] = hash;
  };
  const auto add_source = [&](const std::string& path, const std::string& text) {
    add(path, ContentHash(text));
    for (const auto& [name, included] : front::ReadIncludes(path, text)) {
      add(name, ContentHash(included));
    }
  };
  add_source(task.reference_file, task.reference_text);
  add_source(task.baseline_file, task.baseline_text);
  add_source(start_file, start);
  for (const task::Arg& arg : task.args) {
    if (arg.init.kind == task::InitKind::kFile) add(arg.init.args[0], FileHash(arg.init.args[0]));
  }
  return hashes;
}

std::string TaskHash(const task::Task& task) {
  uint64_t hash = 0;
  const auto add = [&](std::string_view text) { hash = HashCombine(hash, HashText(text)); };
  const auto add_sizes = [&](const task::Sizes& sizes) {
    for (const auto& [name, value] : sizes) {
      add(name);
      hash = HashCombine(hash, static_cast<uint64_t>(value));
    }
    add("end");
  };
  add(task.entry);
  add(task.precision);
  add(task.approx ? "approx" : "exact");
  for (const task::Arg& arg : task.args) {
    add(arg.name);
    add(task::Name(arg.role));
    add(task::Name(arg.dtype));
    for (const task::SizeExpr& extent : arg.shape) add(extent.text);
    hash = HashCombine(hash, static_cast<uint64_t>(arg.init.kind));
    for (const std::string& text : arg.init.args) add(text);
    add(arg.ctype);
    add(arg.value.value_or(""));
  }
  for (const task::Sizes& sizes : task.test_sizes) add_sizes(sizes);
  for (const task::BenchSize& bench : task.bench_sizes) {
    add_sizes(bench.sizes);
    hash = HashCombine(hash, std::bit_cast<uint64_t>(bench.weight));
  }
  return Format("{:016x}", hash);
}

}  // namespace ws::search
