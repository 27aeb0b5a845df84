// A small HTTP server on this machine that stands for a language model's endpoint, faults included.
#ifndef WARPSMITH_TESTS_MODEL_SERVER_H_
#define WARPSMITH_TESTS_MODEL_SERVER_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"

namespace ws::test {

struct ServerReply {
  int status = 200;
  std::string body = {};
  std::string headers = {};              // further lines, each ending in \r\n
  int delay_ms = 0;                      // before the first byte
  size_t cut_after = std::string::npos;  // bytes of the body that are sent before the line drops
};

// A well-formed completion that holds this text.
inline std::string Completion(const std::string& text, const char* finish = "stop") {
  return DumpJson(
      {{"choices",
        {{{"message", {{"role", "assistant"}, {"content", text}}}, {"finish_reason", finish}}}},
       {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}});
}

class ModelServer {
 public:
  // Answers the request's body; `nth` counts requests from 0. Called on several threads.
  using Answer = std::function<ServerReply(const std::string& body, int nth)>;

  explicit ModelServer(Answer answer) : answer_(std::move(answer)) {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), length) != 0) return;
    if (listen(socket_, 64) != 0) return;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { Accept(); });
  }
  ~ModelServer() {
    stopping_ = true;
    shutdown(socket_, SHUT_RDWR);
    close(socket_);
    if (accepting_.joinable()) accepting_.join();
    for (std::thread& t : serving_) t.join();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
  int requests() const { return count_; }
  // All bytes that clients sent, headers included.
  std::string seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void Accept() {
    while (!stopping_) {
      const int client = accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      serving_.emplace_back([this, client] {
        Serve(client);
        close(client);
      });
    }
  }

  void Serve(int client) {
    std::string request;
    size_t head = std::string::npos, length = 0;
    char block[4096];
    while (head == std::string::npos || request.size() < head + 4 + length) {
      const ssize_t got = recv(client, block, sizeof block, 0);
      if (got <= 0) return;
      request.append(block, static_cast<size_t>(got));
      if (head != std::string::npos) continue;
      head = request.find("\r\n\r\n");
      const size_t at = request.find("Content-Length: ");
      if (head == std::string::npos || at == std::string::npos) continue;
      length = std::stoul(request.substr(at + 16));
      if (request.find("Expect: 100-continue") != std::string::npos) {
        Send(client, "HTTP/1.1 100 Continue\r\n\r\n");
      }
    }
    {
      const std::lock_guard lock(mutex_);
      seen_ += request;
    }
    const ServerReply reply = answer_(request.substr(head + 4), count_++);
    for (int waited = 0; waited < reply.delay_ms && !stopping_; waited += 10) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " x\r\nConnection: close\r\n" +
                       reply.headers + "Content-Length: " + std::to_string(reply.body.size()) +
                       "\r\n\r\n";
    Send(client, text + reply.body.substr(0, reply.cut_after));
  }

  static void Send(int client, const std::string& text) {
    size_t at = 0;
    while (at < text.size()) {
      const ssize_t sent = send(client, text.data() + at, text.size() - at, MSG_NOSIGNAL);
      if (sent <= 0) return;
      at += static_cast<size_t>(sent);
    }
  }

  Answer answer_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> count_ = 0;
  std::thread accepting_;
  std::vector<std::thread> serving_;
  std::mutex mutex_;
  std::string seen_;
};

}  // namespace ws::test

#endif  // WARPSMITH_TESTS_MODEL_SERVER_H_
