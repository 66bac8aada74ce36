package dev.interdict.server.fleet.expected;

import dev.interdict.server.wording.Sentence;

/// Something that is not done to the company's list, with why and what to do. Nothing changed.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Sentence why;

  public RefusedException(Sentence why) {
    super(why.text());
    this.why = why;
  }

  /// Why, with what to do.
  public Sentence why() {
    return why;
  }
}
