#include "tests/referee/coverage.h"

#include "base/format.h"
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

constexpr uint64_t kEnough = 1000;  // programs of a language that make every row

struct NotMade {
  ir::Op op;
  const char* why;
};
constexpr NotMade kNotMade[] = {
#define NOT_MADE(op, why) {ir::Op::k##op, why},
#include "tests/referee/not_made.def"
#undef NOT_MADE
};

const char* WhyNot(ir::Op op) {
  for (const NotMade& row : kNotMade) {
    if (row.op == op) return row.why;
  }
  return nullptr;
}

// Why programs for these compilers do without the construct; nullptr if they do not.
const char* WhyLeftOut(const Construct& row, Avoid avoid) {
  if (avoid.clang && row.not_clang != nullptr) return row.not_clang;
  return avoid.nvrtc ? row.not_nvrtc : nullptr;
}

}  // namespace

Covered::Covered() : constructs(Constructs().size()), forms(Forms().size()) {}

void Covered::Add(const Program& program) {
  for (size_t i = 0; i < program.constructs.size(); ++i) constructs[i] += program.constructs[i];
  for (size_t i = 0; i < program.forms.size(); ++i) forms[i] += program.forms[i];
}

std::string TableOf(const Covered& covered, Avoid avoid) {
  std::string text;
  if (covered.cuda > 0) {
    AppendFormat(text, "{:<48} {:>10}\n", "construct", "made");
    for (size_t i = 0; i < Constructs().size(); ++i) {
      const Construct& row = Constructs()[i];
      const char* left_out = WhyLeftOut(row, avoid);
      AppendFormat(text, "{:<48} {:>10}", row.name, covered.constructs[i]);
      text += left_out != nullptr ? Format("  left out: {}\n", left_out) : "\n";
    }
  }
  text += "operations that no program had:";
  for (size_t op = 0; op < covered.operations.size(); ++op) {
    const ir::OpInfo info = ir::InfoOf(static_cast<ir::Op>(op));
    if (covered.operations[op] > 0 || info.effect == ir::Effect::Host) continue;
    const char* why = WhyNot(static_cast<ir::Op>(op));
    text += why == nullptr ? Format(" {}", info.name) : Format(" {} ({})", info.name, why);
  }
  return text + "\n";
}

std::vector<std::string> Missing(const Covered& covered, Avoid avoid) {
  std::vector<std::string> missing;
  if (covered.cuda >= kEnough) {
    for (size_t i = 0; i < Constructs().size(); ++i) {
      if (covered.constructs[i] > 0 || WhyLeftOut(Constructs()[i], avoid) != nullptr) continue;
      missing.push_back(Format("construct '{}'", Constructs()[i].name));
    }
    for (size_t i = 0; i < Forms().size(); ++i) {
      const Form& form = Forms()[i];
      const Construct& row = Constructs()[ConstructOf(form.construct)];
      if (covered.forms[i] > 0 || WhyLeftOut(row, avoid) != nullptr) continue;
      missing.push_back(Format("form '{}'", form.text));
    }
  }
  if (covered.cuda >= kEnough && covered.ptx >= kEnough) {
    for (size_t op = 0; op < covered.operations.size(); ++op) {
      const ir::Op o = static_cast<ir::Op>(op);
      if (covered.operations[op] > 0 || ir::InfoOf(o).effect == ir::Effect::Host) continue;
      if (WhyNot(o) == nullptr) missing.push_back(Format("operation {}", ir::InfoOf(o).name));
    }
  }
  return missing;
}

}  // namespace ws::referee
