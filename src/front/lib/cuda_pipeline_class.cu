// <cuda/pipeline> in the dialect: of one thread, and of a block with two barriers a stage.
#include <cuda/barrier>

namespace cuda {

enum class pipeline_role { producer, consumer };

template <thread_scope kScope, unsigned char kStages>
struct pipeline_shared_state {
  barrier<thread_scope_block> __full[kStages];
  barrier<thread_scope_block> __empty[kStages];
  unsigned __producers, __consumers;
};

template <thread_scope kScope>
struct pipeline {
  barrier<thread_scope_block>* __full;
  barrier<thread_scope_block>* __empty;
  unsigned __stages;
  unsigned __head, __tail;  // stages begun, and taken

  __device__ void producer_acquire() {
    if (__full != nullptr && __head >= __stages) {
      __empty[__head % __stages].wait_parity((__head / __stages - 1) % 2 != 0);
    }
  }
  __device__ void producer_commit() {
    if (__full != nullptr) {
      __full[__head % __stages].__copied();
      __full[__head % __stages].arrive();
    } else {
      __pipeline_commit();
    }
    ++__head;
  }
  __device__ void consumer_wait() {
    if (__full != nullptr) {
      __full[__tail % __stages].wait_parity(__tail / __stages % 2 != 0);
    } else {
      __pipeline_wait_prior(__head - __tail - 1);
    }
  }
  __device__ void consumer_release() {
    if (__full != nullptr) __empty[__tail % __stages].arrive();
    ++__tail;
  }
  // What is copied is told to the stage when it is committed.
  __device__ void __copied() {}
  // The barriers go on waiting for the thread.
  __device__ bool quit() { return true; }
};

__device__ inline pipeline<thread_scope_thread> make_pipeline() {
  pipeline<thread_scope_thread> pipe;
  pipe.__full = nullptr;
  pipe.__empty = nullptr;
  pipe.__stages = 0;
  pipe.__head = pipe.__tail = 0;
  return pipe;
}

// Barriers that wait for as many producers and consumers as there are.
template <typename Group, thread_scope kScope, unsigned char kStages>
__device__ inline pipeline<kScope> __make_pipeline(const Group& group,
                                                   pipeline_shared_state<kScope, kStages>* state,
                                                   bool produces, bool consumes) {
  const bool first = group.thread_rank() == 0;
  if (first) state->__producers = state->__consumers = 0;
  group.sync();
  if (produces) atomicAdd_block(&state->__producers, 1u);
  if (consumes) atomicAdd_block(&state->__consumers, 1u);
  group.sync();
  if (first) {
    for (unsigned i = 0; i < kStages; ++i) {
      init(&state->__full[i], (long)state->__producers);
      init(&state->__empty[i], (long)state->__consumers);
    }
  }
  group.sync();
  pipeline<kScope> pipe;
  pipe.__full = state->__full;
  pipe.__empty = state->__empty;
  pipe.__stages = kStages;
  pipe.__head = pipe.__tail = 0;
  return pipe;
}
template <typename Group, thread_scope kScope, unsigned char kStages>
__device__ inline pipeline<kScope> make_pipeline(const Group& group,
                                                 pipeline_shared_state<kScope, kStages>* state) {
  return __make_pipeline(group, state, true, true);
}
template <typename Group, thread_scope kScope, unsigned char kStages>
__device__ inline pipeline<kScope> make_pipeline(const Group& group,
                                                 pipeline_shared_state<kScope, kStages>* state,
                                                 pipeline_role role) {
  return __make_pipeline(group, state, role == pipeline_role::producer,
                         role == pipeline_role::consumer);
}
// The first `producers` threads produce.
template <typename Group, thread_scope kScope, unsigned char kStages>
__device__ inline pipeline<kScope> make_pipeline(const Group& group,
                                                 pipeline_shared_state<kScope, kStages>* state,
                                                 size_t producers) {
  const bool produces = group.thread_rank() < producers;
  return __make_pipeline(group, state, produces, !produces);
}

template <unsigned char kPrior>
__device__ inline void pipeline_consumer_wait_prior(pipeline<thread_scope_thread>& pipe) {
  __pipeline_wait_prior(kPrior);
}
template <thread_scope kScope>
__device__ inline void pipeline_producer_commit(pipeline<thread_scope_thread>& pipe,
                                                barrier<kScope>& bar) {
  bar.__copied();
}

}  // namespace cuda
