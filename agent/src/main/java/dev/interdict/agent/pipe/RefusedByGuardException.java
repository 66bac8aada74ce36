package dev.interdict.agent.pipe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The guard answered that it does not do what was asked; the message is its own, for people.
public final class RefusedByGuardException extends IOException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String code;

  /// @param code names the refusal for whoever words it in another language; null where the guard
  ///   gave none
  public RefusedByGuardException(String message, @Nullable String code) {
    super(message);
    this.code = code;
  }

  /// Such as `not-now`, or null.
  public @Nullable String code() {
    return code;
  }
}
