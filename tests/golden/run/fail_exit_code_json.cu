// RUN: run %s --json
#include <cstdlib>
int main() { exit(3); }
// STDOUT:
// {"status":"exit-code","exit_code":3,"printed":"","printed_more":false,"launches":0,"warp_instructions":0,"time_ms":{{[0-9.e-]+}},"time_basis":"engine","findings":[],"front":"native","front_note":null}
