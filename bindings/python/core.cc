// warpsmith._core: warpsmith.h for Python. The values of arguments arrive as bytes and reports
// leave as JSON; what arrays and numbers mean is decided by the package around it.
//
// The interpreter's lock is free while the library works: a launch may take long, and what another
// thread runs on the same device is waited for.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "warpsmith.h"

namespace py = pybind11;

namespace {

// Compilers' messages quote the source, which may hold any bytes.
py::str Text(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (decoded == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(decoded);
}

// A call of the library that failed; becomes the Python exception of its status.
struct Failure {
  ws_status status;
  std::string text;
};

const char* ExceptionName(ws_status status) {
  switch (status) {
    case WS_INVALID:
      return "Invalid";
    case WS_REFUSED:
      return "Refused";
    case WS_NO_MEMORY:
      return "OutOfMemory";
    case WS_UNAVAILABLE:
      return "Unavailable";
    case WS_OK:
    case WS_FINDINGS:
    case WS_STOPPED:
    case WS_INTERNAL:
      return "Error";
  }
  return "Error";
}

// Calls f() without the interpreter's lock. ws_error() is the thread's own, so it is read there.
template <typename F>
void Do(F f) {
  Failure failure{WS_OK, {}};
  {
    const py::gil_scoped_release release;
    failure.status = f();
    if (failure.status != WS_OK) failure.text = ws_error();
  }
  if (failure.status != WS_OK) throw failure;
}

// Names of C end at their first NUL; one within would name something else.
const char* Name(const std::string& name) {
  if (name.find('\0') != std::string::npos) throw py::value_error("a name contains a NUL");
  return name.c_str();
}

// The contiguous bytes of an object.
class Buffer {
 public:
  Buffer(const py::object& object, int flags) {
    if (PyObject_GetBuffer(object.ptr(), &view_, flags) != 0) throw py::error_already_set();
  }
  ~Buffer() { PyBuffer_Release(&view_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  void* data() const { return view_.buf; }
  size_t size() const { return static_cast<size_t>(view_.len); }

 private:
  Py_buffer view_{};
};

// Shared: memory is freed through its device, which may be dropped first.
using DeviceHandle = std::shared_ptr<ws_device>;

class Memory {
 public:
  Memory(DeviceHandle device, size_t bytes) : device_(std::move(device)) {
    Do([&] { return ws_malloc(device_.get(), bytes, &ptr_); });
  }
  Memory(Memory&& other) noexcept
      : device_(std::move(other.device_)), ptr_(std::exchange(other.ptr_, 0)) {}
  Memory& operator=(Memory&&) = delete;
  ~Memory() { Free(); }

  void Free() {
    if (ptr_ == 0) return;
    const ws_ptr ptr = std::exchange(ptr_, 0);
    const py::gil_scoped_release release;
    ws_free(device_.get(), ptr);
  }
  ws_ptr ptr() const { return ptr_; }

 private:
  DeviceHandle device_;
  ws_ptr ptr_ = 0;
};

struct Report {
  std::string json;
  std::string error;
};

class Module {
 public:
  explicit Module(ws_module* module) : module_(module) {}

  py::str log() const { return Text(ws_module_log(module_.get())); }

  std::vector<py::str> Kernels() const {
    std::vector<py::str> names;
    for (size_t k = 0; k < ws_kernel_count(module_.get()); ++k) {
      names.push_back(Text(ws_kernel_name(module_.get(), k)));
    }
    return names;
  }

  bool HasKernel(const std::string& name) const {
    return ws_has_kernel(module_.get(), Name(name)) != 0;
  }
  bool HasFunction(const std::string& name) const {
    return ws_has_function(module_.get(), Name(name)) != 0;
  }

  std::vector<std::pair<std::string, size_t>> Params(const std::string& function) const {
    std::vector<std::pair<std::string, size_t>> params;
    for (size_t p = 0; p < ws_params(module_.get(), Name(function)); ++p) {
      params.emplace_back(ws_param_type(module_.get(), function.c_str(), p),
                          ws_param_bytes(module_.get(), function.c_str(), p));
    }
    return params;
  }

  std::pair<ws_ptr, size_t> Variable(const std::string& name) const {
    ws_ptr ptr = 0;
    size_t bytes = 0;
    Do([&, text = Name(name)] { return ws_variable(module_.get(), text, &ptr, &bytes); });
    return {ptr, bytes};
  }

  Report Launch(const std::string& kernel, const std::array<uint32_t, 3>& grid,
                const std::array<uint32_t, 3>& block, uint32_t dynamic_shared_bytes,
                const std::vector<py::bytes>& values) const {
    const std::vector<const void*> args = Args(kernel, values);
    return Run([&, name = Name(kernel)](ws_report** report) {
      return ws_launch(module_.get(), name, grid.data(), block.data(), dynamic_shared_bytes,
                       args.data(), args.size(), report);
    });
  }

  Report Call(const std::string& function, const std::vector<py::bytes>& values) const {
    const std::vector<const void*> args = Args(function, values);
    return Run([&, name = Name(function)](ws_report** report) {
      return ws_call(module_.get(), name, args.data(), args.size(), report);
    });
  }

 private:
  struct Unload {
    void operator()(ws_module* module) const {
      const py::gil_scoped_release release;
      ws_module_unload(module);
    }
  };

  // Where the values lie. The library reads as many bytes as the parameter has, so their number is
  // checked here; that of the arguments is checked there.
  std::vector<const void*> Args(const std::string& function,
                                const std::vector<py::bytes>& values) const {
    std::vector<const void*> args;
    for (const py::bytes& value : values) {
      const size_t bytes = ws_param_bytes(module_.get(), Name(function), args.size());
      if (static_cast<size_t>(PyBytes_GET_SIZE(value.ptr())) != bytes) {
        throw py::value_error("parameter " + std::to_string(args.size()) + " of " + function +
                              " has " + std::to_string(bytes) + " bytes");
      }
      args.push_back(PyBytes_AS_STRING(value.ptr()));
    }
    return args;
  }

  template <typename F>
  static Report Run(F run) {
    Report result;
    Do([&] {
      ws_report* report = nullptr;
      const ws_status status = run(&report);
      if (report == nullptr) return status;
      if (status != WS_OK) result.error = ws_error();
      result.json = ws_report_json(report);
      ws_report_destroy(report);
      return WS_OK;
    });
    return result;
  }

  std::unique_ptr<ws_module, Unload> module_;
};

class Device {
 public:
  Device() {
    ws_device* device = nullptr;
    Do([&] { return ws_device_create(&device); });
    device_.reset(device, ws_device_destroy);
  }

  void Set(const std::string& name, const std::string& value) const {
    Do([&, option = Name(name), text = Name(value)] {
      return ws_device_set(device_.get(), option, text);
    });
  }

  Memory Malloc(size_t bytes) const { return Memory(device_, bytes); }

  void CopyIn(ws_ptr ptr, const py::object& data) const {
    const Buffer buffer(data, PyBUF_SIMPLE);
    Do([&] { return ws_copy_in(device_.get(), ptr, buffer.data(), buffer.size()); });
  }
  void CopyOut(ws_ptr ptr, const py::object& data) const {
    const Buffer buffer(data, PyBUF_WRITABLE);
    Do([&] { return ws_copy_out(device_.get(), buffer.data(), ptr, buffer.size()); });
  }

  Module Load(const py::bytes& text, const std::string& name, bool is_ptx) const {
    ws_module* module = nullptr;
    Do([&, title = Name(name), data = PyBytes_AS_STRING(text.ptr()),
        bytes = static_cast<size_t>(PyBytes_GET_SIZE(text.ptr()))] {
      return ws_module_load(device_.get(), data, bytes, title, is_ptx ? WS_PTX : WS_CUDA, &module);
    });
    return Module(module);
  }

 private:
  DeviceHandle device_;
};

void AddException(py::module_& m, const char* name, const py::object& bases, const char* doc) {
  const std::string full = std::string("warpsmith.") + name;
  PyObject* type = PyErr_NewExceptionWithDoc(full.c_str(), doc, bases.ptr(), nullptr);
  if (type == nullptr) throw py::error_already_set();
  m.attr(name) = py::reinterpret_steal<py::object>(type);
}

void AddExceptions(py::module_& m) {
  const auto builtin = [](PyObject* type) { return py::reinterpret_borrow<py::object>(type); };
  AddException(m, "Error", builtin(PyExc_Exception),
               "Warpsmith could not do what was asked. Raised itself only for a fault of the "
               "library; what kernels do wrong is told in reports and never raised.");
  const py::object error = m.attr("Error");
  AddException(m, "Refused", error,
               "The text does not compile; the message has the compiler's diagnostics.");
  AddException(m, "Unavailable", error,
               "Something that this needs is not installed here; the message says what.");
  AddException(m, "Invalid", py::make_tuple(error, builtin(PyExc_ValueError)),
               "An argument has no meaning: no such option, kernel, variable or address.");
  AddException(m, "OutOfMemory", py::make_tuple(error, builtin(PyExc_MemoryError)),
               "Beyond the device's memory or this machine's.");
  py::register_local_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
      const py::object type =
          py::module_::import("warpsmith._core").attr(ExceptionName(failure.status));
      PyErr_SetObject(type.ptr(), Text(failure.text).ptr());
    }
  });
}

}  // namespace

PYBIND11_MODULE(_core, m) {
  m.doc() = "The C interface of Warpsmith. Use the package `warpsmith`.";
  AddExceptions(m);
  m.def("version", &ws_version);

  py::class_<Report>(m, "Report")
      .def_property_readonly("json", [](const Report& r) { return Text(r.json); })
      .def_property_readonly("error", [](const Report& r) { return Text(r.error); });

  py::class_<Memory>(m, "Memory")
      .def_property_readonly("ptr", &Memory::ptr)
      .def("free", &Memory::Free);

  py::class_<Module>(m, "Module")
      .def_property_readonly("log", &Module::log)
      .def_property_readonly("kernels", &Module::Kernels)
      .def("has_kernel", &Module::HasKernel)
      .def("has_function", &Module::HasFunction)
      .def("params", &Module::Params)
      .def("variable", &Module::Variable)
      .def("launch", &Module::Launch)
      .def("call", &Module::Call);

  py::class_<Device>(m, "Device")
      .def(py::init<>())
      .def("set", &Device::Set)
      .def("malloc", &Device::Malloc)
      .def("copy_in", &Device::CopyIn)
      .def("copy_out", &Device::CopyOut)
      .def("load", &Device::Load);
}
