package dev.interdict.server.fleet.expected;

/// Something that is not done to the company's list, with why and what to do. Nothing changed.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RefusedException(String why) {
    super(why);
  }
}
