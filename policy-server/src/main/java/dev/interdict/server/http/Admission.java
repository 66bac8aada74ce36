package dev.interdict.server.http;

/// Whether a request is taken on, asked before anything of its body is read. Thread-safe.
@FunctionalInterface
public interface Admission {
  /// Every request.
  Admission ALWAYS = () -> 0;

  /// 0 to take it on, else in how many seconds to come again.
  int refusedFor();
}
