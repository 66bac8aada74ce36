package dev.interdict.report;

/// Which signed blocklist a device holds.
///
/// @param serial the blocklist document's own rising number
/// @param roleVersion the version of the signed role that carried it
public record PolicyVersion(long serial, long roleVersion) {
  public PolicyVersion {
    if (serial < 0 || roleVersion < 0) {
      throw new IllegalArgumentException("a policy's serial and role version are not negative");
    }
  }
}
