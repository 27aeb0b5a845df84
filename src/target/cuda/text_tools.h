// What techniques on source text share: a view of the program's functions, and questions about
// their code. Host code, internal to techniques.
#ifndef WARPSMITH_TARGET_CUDA_TEXT_TOOLS_H_
#define WARPSMITH_TARGET_CUDA_TEXT_TOOLS_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "front/edit.h"
#include "front/sema.h"
#include "front/tree.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {

// A function of the main file with a body, and its instances that are used.
struct CodeFunction {
  front::NodeId node;
  front::NodeId body;  // a Compound
  bool is_kernel = false;
  bool is_host = false;
  std::vector<front::InstanceId> instances;  // at least one
};

// The parts of a For statement; any but the body may be missing.
struct ForParts {
  front::NodeId init, condition, step, body;
};

class CodeView {
 public:
  explicit CodeView(const front::Compiled& program);

  const front::Tree& tree() const { return tree_; }
  const front::Sema& sema() const { return sema_; }
  const std::vector<CodeFunction>& functions() const { return functions_; }
  // Functions that run on the device.
  std::vector<const CodeFunction*> DeviceCode() const;

  std::vector<front::NodeId> Children(front::NodeId n) const;
  ForParts Parts(front::NodeId for_statement) const;
  // Nodes of a kind below `n`, in postorder, which is the order of their ends in the text.
  std::vector<front::NodeId> Below(front::NodeId n, front::NodeKind kind) const;
  bool Contains(front::NodeId outer, front::NodeId inner) const;
  // The innermost statement of a compound that holds `n`, itself a child of a Compound; invalid if
  // `n` lies in the body of a control construct without braces.
  front::NodeId StatementInBlock(front::NodeId function_body, front::NodeId n) const;

  // What sema knows of a node, in the first of the function's instances.
  const front::NodeInfo& Info(const CodeFunction& f, front::NodeId n) const {
    return sema_.Info(f.instances.front(), n);
  }
  // Whether the node's type without qualifiers is `kind` in every instance.
  bool HasType(const CodeFunction& f, front::NodeId n, front::TypeKind kind) const;
  // The variable that an expression reads or writes through: p of p[i], *(p + i), p->x, (T*)p.
  front::EntityId Base(const CodeFunction& f, front::NodeId n) const;
  // Variables that are assigned, counted up or down, or have their address taken below `n`.
  std::set<uint32_t> Assigned(const CodeFunction& f, front::NodeId n) const;
  // Whether evaluating `n` again, or elsewhere while `assigned` do not change, gives the same:
  // names of variables not in `assigned`, literals and operators; no memory, no calls but of math.
  bool IsStable(const CodeFunction& f, front::NodeId n, const std::set<uint32_t>& assigned) const;

  std::string Text(front::NodeId n) const;  // macros expanded
  std::string_view Token(front::NodeId n) const;
  // Text of `n` with some nodes in it replaced. Replaced nodes do not overlap.
  std::string TextWith(front::NodeId n,
                       std::vector<std::pair<front::NodeId, std::string>> replaced) const;
  // A name that stands nowhere in the program: `stem`, or `stem` with a number.
  std::string FreshName(std::string_view stem) const;

  // Statements that will stand where `near` does, one a line, indented as `near` is.
  std::string Laid(front::NodeId near, std::string_view statements) const;

  // The macro whose invocation `n` came out of, as the source writes it.
  std::string MacroName(front::NodeId n) const;
  // The source with `#define name value` giving another value; nothing if no line says that.
  std::optional<std::string> WithMacro(std::string_view name, int64_t value, int64_t to) const;

  // The source with the edits made.
  Result<std::string> Apply(std::vector<front::Edit> edits) const;
  front::Edit InsertBefore(front::NodeId n, std::string text) const;

 private:
  const front::Compiled& program_;
  const front::Tree& tree_;
  const front::Sema& sema_;
  uint32_t main_file_ = 0;
  std::vector<CodeFunction> functions_;
};

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_TEXT_TOOLS_H_
