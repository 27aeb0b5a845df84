// Ctrl-C as a question: while an object of this class lives, SIGINT and SIGTERM are noted instead
// of ending the process. A second one ends it as usual.
#ifndef WARPSMITH_DRIVER_INTERRUPT_H_
#define WARPSMITH_DRIVER_INTERRUPT_H_

namespace ws::driver {

// Objects in several threads share one note.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool requested() const { return signal() != 0; }
  // The signal that was noted; 0 if none was. 128 + signal is the exit status that shells expect.
  int signal() const;
};

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_INTERRUPT_H_
