package dev.interdict.server.http;

/// A request that cannot be understood, with the answer it gets.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient HttpResponse response;

  public RefusedException(HttpResponse response) {
    super("refused with " + response.status(), null, false, false);
    this.response = response;
  }

  /// What the client is told.
  public HttpResponse response() {
    return response;
  }
}
