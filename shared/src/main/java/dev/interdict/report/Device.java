package dev.interdict.report;

/// What a device says about itself. Department, ring and tags are not here: they come from
/// enrolment, where the device's user cannot change them.
///
/// @param hostName as the operating system has it, at most 255 characters
/// @param osVersion name and version for people, such as `Debian GNU/Linux 12`
/// @param architecture such as `amd64`
/// @param vocabulary the newest version of the rule language that it reads; see
///   [dev.interdict.policy.Vocabulary]
public record Device(
    DeviceId id,
    String hostName,
    OsFamily os,
    String osVersion,
    String architecture,
    int vocabulary) {
  /// What an agent reads that does not say.
  public static final int FIRST_VOCABULARY = 1;

  public Device {
    if (vocabulary < FIRST_VOCABULARY) {
      throw new IllegalArgumentException("versions of the rule language start at 1");
    }
    hostName = BoundedText.of(hostName, 255);
    osVersion = BoundedText.of(osVersion, 120);
    architecture = BoundedText.of(architecture, 40);
  }
}
