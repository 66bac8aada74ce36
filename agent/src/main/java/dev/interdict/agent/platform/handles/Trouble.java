package dev.interdict.agent.platform.handles;

/// Why the system did not let an act happen, told apart only where something else follows from it.
public enum Trouble {
  /// There is no such entry, or a folder on the way to it is none.
  ABSENT,
  /// The name is taken.
  OCCUPIED,
  /// A link, junction or other reparse point is where a folder or file was asked for.
  LINK,
  /// It lies on another volume, or something is mounted there.
  OTHER_VOLUME,
  /// Another process has it open in a way that forbids this.
  IN_USE,
  /// Something is left in the folder.
  NOT_EMPTY,
  /// Not permitted, even to us.
  DENIED,
  /// The volume is full.
  NO_SPACE,
  /// This system, or this volume, has no such thing.
  UNSUPPORTED,
  OTHER
}
