package dev.interdict.wire;

/// The paths of the device API. A path once released keeps its meaning; what changes gets a new
/// version number.
public final class Routes {
  /// POST of an [dev.interdict.report.EnrolRequest], signed with the key it presents. 201 on first
  /// sight, 200 when repeated.
  public static final String ENROL = "/agent/v1/enrol";

  /// POST of one [dev.interdict.report.Report], signed. 204 once it is durable, and again for the
  /// same bytes.
  public static final String REPORTS = "/agent/v1/reports";

  /// POST of one [dev.interdict.report.Heartbeat], signed with the sequence of the report that it
  /// names. 204 if that is the last one here; 412 if the device is to send its whole report.
  public static final String HEARTBEAT = "/agent/v1/heartbeat";

  /// POST of one [KeyReplacement], signed with the key that it replaces. 204 once the new key
  /// holds, and again for the same keys; 409 if the server takes no new key of this device now.
  public static final String KEY = "/agent/v1/key";

  /// POST of one [Farewell], signed with the sequence that the device's next report would have. 204
  /// once it is noted, and again for the same; 409 if the server has later reports of this device.
  public static final String UNENROL = "/agent/v1/unenrol";

  /// POST of `{"nonce": "<64 hex digits>"}`, unsigned; the answer is the signed time, as
  /// `dev.interdict.trust.TimeStatement` reads it.
  public static final String TIME = "/agent/v1/time";

  /// GET of the signed repository's files as they stand in its folder: `N.root.json`,
  /// `timestamp.json`, `targets/blocklist/HASH.global.json`, and so on. Conditional by ETag.
  public static final String TUF = "/tuf/";

  private Routes() {}
}
