package dev.interdict.wire;

/// The header fields of the device API, in lower case: those of requests carry a device's proof.
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

  /// In an answer: in how many seconds the device should come again, a whole number.
  public static final String NEXT_CONTACT = "interdict-next-contact";

  private Headers() {}
}
