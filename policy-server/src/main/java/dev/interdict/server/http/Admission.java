package dev.interdict.server.http;

import org.jspecify.annotations.Nullable;

/// Whether a request is taken on, asked before anything of its body is read. Thread-safe.
@FunctionalInterface
public interface Admission {
  /// Every request.
  Admission ALWAYS = () -> 0;

  /// 0 to take it on, else in how many seconds to come again.
  int refusedFor();

  /// Judges a request by its head.
  ///
  /// @param head the request with an empty body
  /// @return why it is refused; null to go on
  default @Nullable HttpResponse refusal(HttpRequest head) {
    return null;
  }

  /// Takes on whatever `judge` does not refuse by its head.
  static Admission byHead(Judge judge) {
    return new Admission() {
      @Override
      public int refusedFor() {
        return 0;
      }

      @Override
      public @Nullable HttpResponse refusal(HttpRequest head) {
        return judge.refusal(head);
      }
    };
  }

  /// Judges a request by its head.
  @FunctionalInterface
  interface Judge {
    @Nullable HttpResponse refusal(HttpRequest head);
  }
}
