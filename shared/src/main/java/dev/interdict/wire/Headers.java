package dev.interdict.wire;

/// The request header fields that carry a device's proof, in lower case.
public final class Headers {
  /// RFC 9530.
  public static final String CONTENT_DIGEST = "content-digest";

  /// RFC 9421, section 4.1.
  public static final String SIGNATURE_INPUT = "signature-input";

  /// RFC 9421, section 4.2.
  public static final String SIGNATURE = "signature";

  /// The report's sequence number, so that replay is seen before the body is read; 0 for requests
  /// that are no report.
  public static final String SEQUENCE = "interdict-sequence";

  private Headers() {}
}
