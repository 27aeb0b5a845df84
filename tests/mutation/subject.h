// A program whose faults are to be planted: its tree with what sema found out, read by node.
#ifndef WARPSMITH_TESTS_MUTATION_SUBJECT_H_
#define WARPSMITH_TESTS_MUTATION_SUBJECT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "front/compiled.h"
#include "front/sema.h"

namespace ws::mutation {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::TypeKind;
using front::UnaryOp;

class Subject {
 public:
  // `file_name` tells where included files are looked for.
  Subject(std::string file_name, std::string source);

  bool ok() const { return compiled_->ok(); }
  const std::string& source() const { return source_; }
  const front::Compiled& compiled() const { return *compiled_; }
  const front::Tree& tree() const { return *compiled_->program().tree; }

  NodeKind kind(NodeId n) const { return tree().kind(n); }
  bool Is(NodeId n, NodeKind k) const { return n.valid() && kind(n) == k; }
  uint32_t data(NodeId n) const { return tree().data(n); }
  bool IsBinary(NodeId n, BinaryOp op) const;
  bool IsUnary(NodeId n, UnaryOp op) const;
  // The node's text with macros expanded, and the text of the token that stands for it.
  std::string Text(NodeId n) const;
  std::string_view Token(NodeId n) const;
  uint32_t Line(NodeId n) const;
  // Children in order, without markers; invalid where there is no such parent or child.
  std::vector<NodeId> Children(NodeId n) const;
  NodeId Child(NodeId n, size_t i) const;
  NodeId Parent(NodeId n) const { return parents_[n.index]; }
  // The nearest node of this kind above n (or n itself).
  NodeId Enclosing(NodeId n, NodeKind k) const;

  // What the first instance that holds the node knows of it; all zero where none does.
  const front::NodeInfo& Info(NodeId n) const;
  TypeKind Type(NodeId n) const { return Info(n).type.kind(); }
  bool SameType(NodeId a, NodeId b) const;
  bool IsInteger(NodeId n) const { return front::IsIntegerKind(Type(n)); }
  bool IsFloat(NodeId n) const { return front::IsFloatKind(Type(n)); }
  bool IsValue(NodeId n) const;
  // The node lies in a function that is compiled, or at file scope outside of functions.
  bool IsLive(NodeId n) const { return instances_[n.index] != kNoInstance; }
  bool InFunction(NodeId n) const;
  // The code runs on the host; false at file scope.
  bool OnHost(NodeId n) const;
  // The name called, of a Call of a plain name; empty otherwise.
  std::string_view Callee(NodeId call) const;
  // The declarators of the parameters of the function around n.
  std::vector<NodeId> Params(NodeId n) const;

 private:
  static constexpr uint32_t kNoInstance = ~0u;

  const front::Sema& sema() const { return *compiled_->program().sema; }

  std::string source_;
  std::unique_ptr<front::Compiled> compiled_;
  std::vector<NodeId> parents_;
  std::vector<uint32_t> instances_;
};

}  // namespace ws::mutation

#endif  // WARPSMITH_TESTS_MUTATION_SUBJECT_H_
