#include "driver/driver.h"

int main(int argc, char** argv) { return ws::driver::Main(argc, argv); }
