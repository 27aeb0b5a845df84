// std::exception and what derives from it.

struct __std_exception {
  __host__ __std_exception() {}
  __host__ virtual ~__std_exception() {}
  __host__ virtual const char* what() const noexcept { return "std::exception"; }
};
struct __std_logic_error : __std_exception {
  __std_string text;
  __host__ explicit __std_logic_error(const __std_string& s) : text(s) {}
  __host__ explicit __std_logic_error(const char* s) : text(s) {}
  __host__ virtual const char* what() const noexcept { return text.c_str(); }
};
struct __std_runtime_error : __std_exception {
  __std_string text;
  __host__ explicit __std_runtime_error(const __std_string& s) : text(s) {}
  __host__ explicit __std_runtime_error(const char* s) : text(s) {}
  __host__ virtual const char* what() const noexcept { return text.c_str(); }
};
struct __std_invalid_argument : __std_logic_error {
  using __std_logic_error::__std_logic_error;
};
struct __std_domain_error : __std_logic_error {
  using __std_logic_error::__std_logic_error;
};
struct __std_length_error : __std_logic_error {
  using __std_logic_error::__std_logic_error;
};
struct __std_out_of_range : __std_logic_error {
  using __std_logic_error::__std_logic_error;
};
struct __std_range_error : __std_runtime_error {
  using __std_runtime_error::__std_runtime_error;
};
struct __std_overflow_error : __std_runtime_error {
  using __std_runtime_error::__std_runtime_error;
};
struct __std_underflow_error : __std_runtime_error {
  using __std_runtime_error::__std_runtime_error;
};
struct __std_bad_alloc : __std_exception {
  __host__ __std_bad_alloc() {}
  __host__ virtual const char* what() const noexcept { return "std::bad_alloc"; }
};
struct __std_bad_cast : __std_exception {
  __host__ __std_bad_cast() {}
  __host__ virtual const char* what() const noexcept { return "std::bad_cast"; }
};
__host__ inline void __std_terminate() {
  printf("terminate called without an active exception\n");
  abort();
}

// What the library throws.
__host__ inline void __std_throw_range(const char* text, unsigned long at, unsigned long count) {
  char message[160];
  snprintf(message, 160, text, at, count);
  throw __std_out_of_range(message);
}
__host__ inline void __std_throw_vector_range(unsigned long at, unsigned long count) {
  __std_throw_range("vector::_M_range_check: __n (which is %lu) >= this->size() (which is %lu)", at,
                    count);
}
__host__ inline void __std_throw_invalid(const char* text) { throw __std_invalid_argument(text); }
__host__ inline void __std_throw_beyond(const char* text) { throw __std_out_of_range(text); }
