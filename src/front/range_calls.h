// What a range-based for calls to go over an object with begin() and end(). Device-clean.
//
// Sema packs it into the rows of the loop: the instances into the bits of its RangeBody and the
// conversion of its RangeFor, the iterator's type into the row of the RangeFor.
#ifndef WARPSMITH_FRONT_RANGE_CALLS_H_
#define WARPSMITH_FRONT_RANGE_CALLS_H_

#include "front/sema.h"

namespace ws::front {

// Of pointers as iterators only begin and end are there.
struct RangeCalls {
  InstanceId begin, end;
  InstanceId differs;  // iterator != iterator
  InstanceId next;     // ++iterator
  InstanceId value;    // *iterator
  TypeId iterator;     // the error type: the range is an array or a std::vector
};
static_assert(Sema::kMaxInstances <= 0xffff);

WS_HD inline void Pack(const RangeCalls& calls, NodeInfo* body, NodeInfo* owner) {
  const auto bits = [](InstanceId id) { return uint64_t{id.valid() ? id.index : 0}; };
  body->bits = bits(calls.begin) | bits(calls.end) << 16 | bits(calls.differs) << 32 |
               bits(calls.next) << 48;
  owner->conversion = static_cast<uint16_t>(bits(calls.value));
  owner->type = calls.iterator;
}
WS_HD inline RangeCalls Unpack(const NodeInfo& body, const NodeInfo& owner) {
  RangeCalls calls;
  calls.iterator = owner.type;
  calls.begin = InstanceId(body.bits & 0xffff);
  calls.end = InstanceId(body.bits >> 16 & 0xffff);
  calls.differs = InstanceId(body.bits >> 32 & 0xffff);
  calls.next = InstanceId(body.bits >> 48);
  calls.value = InstanceId(owner.conversion);
  return calls;
}

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_RANGE_CALLS_H_
