// From a task to what the search may know of it: the program to start from and features, never the
// task's name, its reference or its inputs.
#ifndef WARPSMITH_SEARCH_SUBJECT_H_
#define WARPSMITH_SEARCH_SUBJECT_H_

#include <string>

#include "base/result.h"
#include "know/attempt.h"
#include "search/proposer.h"
#include "task/task.h"

namespace ws::search {

// Compiles and lifts `source`; `file_name` is for messages. A source that does not compile or
// cannot be lifted gives a subject that says why.
Subject MakeSubject(const task::Task& task, const std::string& source, const std::string& file_name,
                    const std::string& arch);

know::Context MakeContext(const task::Task& task, const Subject& subject);

// A hash over everything a result depends on in a task; the name and the folder are no part of it.
std::string TaskHash(const task::Task& task);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_SUBJECT_H_
