package dev.interdict.agent.pipe;

import java.io.IOException;

/// The guard answered that it does not do what was asked; the message is its own, for people.
public final class RefusedByGuardException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /// @param code the reason for whoever words it in another language, or an empty text
  public RefusedByGuardException(String message, String code) {
    super(message);
    this.code = code;
  }

  /// The reason, such as `too-many`, or an empty text where the guard gave none.
  public String code() {
    return code;
  }
}
