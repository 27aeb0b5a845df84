// device-clean
// What is done at each kind of node.
#include "front/walker.h"

namespace ws::front {

WS_HD Walker::Visit Walker::VisitNode(NodeId n) {
  switch (tree().kind(n)) {
    case NodeKind::kTypeSpec:
      return VisitTypeSpec(n);
    case NodeKind::kTypeId:
      VisitTypeId(n);
      if (link_[n.index] != 0) {  // a trailing result
        FinishSignature(FirstOfKind(NodeId(link_[n.index]), NodeKind::kParamList));
      }
      break;
    case NodeKind::kDeclarator:
      if (PrepareInit(n) == Visit::kAgain) return Visit::kAgain;
      VisitDeclarator(n);
      break;
    case NodeKind::kTemplateTypeParam:
      DeclareTemplateType(n);
      break;
    case NodeKind::kParamList:
      // A trailing result stands directly behind, at the end of its own subtree.
      if (!in_function() || SignatureEnd(current().node) == n) FinishSignature(n);
      break;
    case NodeKind::kUsing:
      if (in_function() && current().node == n) {  // an alias template with its arguments
        current().result = info(NodeId(n.index - 1)).type;
        break;
      }
      if (FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
        DeclareAliasTemplate(n);
        break;
      }
      DeclareAlias(n, info(NodeId(n.index - 1)).type);
      break;
    case NodeKind::kStructBegin:
      BeginStruct(NodeId(tree().data(n)));
      break;
    case NodeKind::kBase:
      DeclareBase(n);
      break;
    case NodeKind::kStruct:
      return FinishStruct(n);
    case NodeKind::kEnumBegin:
      enum_ = NodeId(tree().data(n));  // none if its end was not read
      if (enum_.valid()) info(enum_).type = {};
      break;
    case NodeKind::kFunction:
      DeclareMemberFunction(n);
      break;
    case NodeKind::kMemberInit:
      if (PrepareMember(n) == Visit::kAgain) return Visit::kAgain;
      VisitMemberInit(n);
      break;
    case NodeKind::kLambda:
      return VisitLambda(n);
    case NodeKind::kThis:
      VisitThis(n);
      break;
    case NodeKind::kEnum:
      DeclareEnum(n);
      break;
    case NodeKind::kEnumerator:
      DeclareEnumerator(n);
      break;
    case NodeKind::kStaticAssert:
      CheckStaticAssert(n);
      break;

    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBody:
    case NodeKind::kForStep:
    case NodeKind::kSwitchBody:
      VisitMarker(n);
      break;
    case NodeKind::kRangeBody:
      return DeclareRange(n);
    case NodeKind::kDo:
      CheckCondition(NodeId(n.index - 1));
      break;
    case NodeKind::kCase: {
      uint64_t bits = 0;
      if (CheckInteger(NodeId(n.index - 1)) &&
          !ConstantAs(NodeId(n.index - 1), TypeId(TypeKind::kLongLong), &bits)) {
        NotConstant(NodeId(n.index - 1), "a case label");
      }
      VisitJumpTarget(n);
      break;
    }
    case NodeKind::kDefault:
    case NodeKind::kLabel:
      VisitJumpTarget(n);
      break;
    case NodeKind::kGoto:
      gotos_.push_back({n, frames_.back().instance, 0});
      break;
    case NodeKind::kSwitch:
      switches_.pop_back();
      break;
    case NodeKind::kReturn:
      if (in_function() && tree().subtree_size(n) > 1 &&
          PrepareConversion(NodeId(n.index - 1), current().result) == Visit::kAgain) {
        return Visit::kAgain;
      }
      VisitReturn(n);
      break;
    case NodeKind::kAsmOperand:
      VisitAsmOperand(n);
      break;
    case NodeKind::kAsm:
      VisitAsm(n);
      break;
    case NodeKind::kExprStmt:
      if (tree().subtree_size(n) > 1) CheckTemporary(NodeId(n.index - 1));
      break;
    case NodeKind::kTryBegin:
      if (in_function() && current().target != Target::kHost) {
        Error(Kind::kUnsupported, n, "try in device code");
      }
      break;
    case NodeKind::kThrow:
      VisitThrow(n);
      break;

    case NodeKind::kIntLiteral:
    case NodeKind::kFloatLiteral:
    case NodeKind::kCharLiteral:
    case NodeKind::kStringLiteral:
    case NodeKind::kBoolLiteral:
    case NodeKind::kNullLiteral:
      VisitLiteral(n);
      break;
    case NodeKind::kName:
      if (info(n).category != Category::kFunction) VisitName(n);
      return InstantiateNamed(n);
    case NodeKind::kParen:
      info(n) = info(NodeId(n.index - 1));
      break;
    case NodeKind::kUnary:
      return VisitUnary(n);
    case NodeKind::kBinary:
      return VisitBinary(n);
    case NodeKind::kLogicalAnd:
      VisitLogical(n, true);
      break;
    case NodeKind::kLogicalOr:
      VisitLogical(n, false);
      break;
    case NodeKind::kConditional:
      VisitConditional(n);
      break;
    case NodeKind::kAssign:
      return VisitAssign(n);
    case NodeKind::kCast:
      return VisitCast(n);
    case NodeKind::kCall:
      return VisitCall(n);
    case NodeKind::kLaunch:
      return VisitLaunch(n);
    case NodeKind::kIndex:
      return VisitIndex(n);
    case NodeKind::kMember:
      VisitMember(n);
      break;
    case NodeKind::kSizeofExpr:
    case NodeKind::kSizeofType:
      VisitSizeof(n);
      break;
    case NodeKind::kNew:
      if (PrepareMember(n) == Visit::kAgain) return Visit::kAgain;
      VisitNew(n);
      break;
    case NodeKind::kDelete:
      VisitDelete(n);
      break;

    case NodeKind::kVarDecl:
      VisitVarDecl(n);
      break;
    case NodeKind::kError:
      DeclareBroken(n);
      break;

    // Understood where they are used.
    case NodeKind::kTranslationUnit:
    case NodeKind::kTemplateParams:
    case NodeKind::kTemplateValueParam:
    case NodeKind::kLaunchBounds:
    case NodeKind::kParam:
    case NodeKind::kPtrOp:
    case NodeKind::kRefOp:
    case NodeKind::kArrayOp:
    case NodeKind::kFunctionOp:
    case NodeKind::kInitEq:
    case NodeKind::kInitParen:
    case NodeKind::kInitList:
    case NodeKind::kDesignated:
    case NodeKind::kBinding:
    case NodeKind::kTemplateArgs:
    case NodeKind::kTypedef:
    case NodeKind::kEmptyStmt:
    case NodeKind::kIf:
    case NodeKind::kCompound:
    case NodeKind::kTry:
    case NodeKind::kCatch:
    case NodeKind::kCatchBegin:
    case NodeKind::kWhile:
    case NodeKind::kWhileBegin:
    case NodeKind::kDoBegin:
    case NodeKind::kDoCond:
    case NodeKind::kFor:
    case NodeKind::kForCond:
    case NodeKind::kForBody:
    case NodeKind::kRangeFor:
    case NodeKind::kBreak:
    case NodeKind::kContinue:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kLaunchConfig:
    case NodeKind::kSizeofBegin:
    case NodeKind::kCapture:
    case NodeKind::kLambdaBegin:
    case NodeKind::kCount:
      break;
  }
  return Visit::kNext;
}

// Conditions, and the branches that `if constexpr` drops.
WS_HD void Walker::VisitMarker(NodeId n) {
  const NodeId owner(tree().data(n));
  if (!owner.valid()) return;  // its end was not read
  const NodeId before(n.index - 1);
  switch (tree().kind(n)) {
    case NodeKind::kIfThen:
    case NodeKind::kIfElse: {
      const bool is_then = tree().kind(n) == NodeKind::kIfThen;
      if (is_then) CheckCondition(before);
      if (tree().data(owner) != 1) return;
      // Children: condition, IfThen, statement, [IfElse, statement].
      const std::span<const NodeId> kids = Children(owner);
      const NodeInfo& condition = info(kids[0]);
      if (!condition.constant) {
        if (is_then && condition.type != TypeId()) {
          NotConstant(kids[0], "the condition of if constexpr");
        }
        return;
      }
      const bool holds = condition.bits != 0;
      if (is_then && !holds) SkipTo(kids.size() > 3 ? kids[3] : owner);
      if (!is_then && holds) SkipTo(owner);
      return;
    }
    case NodeKind::kSwitchBody:
      CheckInteger(before);
      switches_.push_back(owner);
      return;
    case NodeKind::kForStep:
      // The condition may be missing: then the marker ForCond stands directly before.
      if (tree().kind(before) != NodeKind::kForCond) CheckCondition(before);
      return;
    default:
      CheckCondition(before);
      return;
  }
}

}  // namespace ws::front
