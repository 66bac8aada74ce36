package dev.interdict.report;

/// The kind of operating system a device runs; `OTHER` also stands for one that a newer agent
/// knows.
public enum OsFamily {
  LINUX,
  MACOS,
  WINDOWS,
  OTHER
}
