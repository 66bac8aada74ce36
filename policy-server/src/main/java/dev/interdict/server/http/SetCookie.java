package dev.interdict.server.http;

/// Fields that give a browser a cookie, which scripts cannot read and which is of the whole host.
/// Spec: RFC 6265bis, section 4.1. Pure functions.
public final class SetCookie {
  /// A year, for what somebody chose to see.
  public static final long CHOICE = 31_536_000;

  private SetCookie() {}

  /// From which pages a browser sends it.
  public enum SameSite {
    /// From ours alone.
    STRICT("Strict"),

    /// Also where a page of another leads to one of ours.
    LAX("Lax");

    private final String word;

    SameSite(String word) {
      this.word = word;
    }
  }

  /// The value of the field `Set-Cookie`.
  ///
  /// @param seconds how long the browser keeps it; 0 ends it
  public static String field(
      HttpRequest request, String name, String value, SameSite sites, long seconds) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite="
        + sites.word
        + "; Max-Age="
        + seconds
        + (request.secure() ? "; Secure" : "");
  }

  /// With a prefix that makes browsers refuse the cookie unless it is secure and of this host
  /// alone; it needs TLS, so plain HTTP on loopback goes without.
  public static String ofHost(HttpRequest request, String name) {
    return request.secure() ? "__Host-" + name : name;
  }
}
