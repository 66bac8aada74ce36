package dev.interdict.report;

/// What a device says about itself. Department, ring and tags are not here: they come from
/// enrolment, where the device's user cannot change them.
///
/// @param hostName as the operating system has it, at most 255 characters
/// @param osVersion name and version for people, such as `Debian GNU/Linux 12`
/// @param architecture such as `amd64`
public record Device(
    DeviceId id, String hostName, OsFamily os, String osVersion, String architecture) {
  public Device {
    hostName = BoundedText.of(hostName, 255);
    osVersion = BoundedText.of(osVersion, 120);
    architecture = BoundedText.of(architecture, 40);
  }
}
