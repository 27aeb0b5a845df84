// RUN: check %s --task %S/nothing.toml
// STDERR:
// error: cannot read the task `nothing.toml`: no such file
