package dev.interdict.agent.enforce;

import dev.interdict.report.ErrorClass;

/// Why nothing was done, each a state that leaves the files as they were.
public enum Refusal {
  /// On the compiled-in list, or part of what it needs.
  PROTECTED(ErrorClass.PROTECTED),
  /// The rule keeps it, as the user's own data.
  KEPT(ErrorClass.PROTECTED),
  /// A package of the system may own it, and is removed by its manager.
  MANAGED(ErrorClass.PACKAGE_MANAGER_ERROR),
  /// Other packages need the package, or its manager calls it essential.
  NEEDED(ErrorClass.PACKAGE_MANAGER_ERROR),
  /// Its name, version or architecture is none that its manager knows.
  BAD_NAME(ErrorClass.PACKAGE_MANAGER_ERROR),
  /// It has scripts, and lies in the tree of another system: they would be that system's programs.
  FOREIGN_SCRIPTS(ErrorClass.PACKAGE_MANAGER_ERROR),
  /// Not the file or content that was matched.
  CHANGED(ErrorClass.CHANGED),
  /// It, or something in it, belongs to somebody else than the home's user.
  FOREIGN_OWNER(ErrorClass.OWNER_UNKNOWN),
  /// No home of that user, number and place exists.
  NO_SUCH_HOME(ErrorClass.OWNER_UNKNOWN),
  /// A link that the user could have made is on the way.
  LINK_IN_PATH(ErrorClass.ACCESS_DENIED),
  /// It reaches into another mount.
  OTHER_FILE_SYSTEM(ErrorClass.NETWORK_PATH),
  /// A pipe, socket or device that cannot be carried to another file system.
  NOT_A_FILE(ErrorClass.OTHER),
  /// The kernel denies it even to us.
  DENIED(ErrorClass.ACCESS_DENIED),
  /// Too many entries or bytes to vouch for.
  TOO_LARGE(ErrorClass.OTHER),
  /// The quarantine's file system has too little room.
  NO_SPACE(ErrorClass.NO_SPACE),
  /// Something else has the name that would be given back.
  OCCUPIED(ErrorClass.FILE_IN_USE),
  /// A program has it open in a way that forbids moving it, or vouching for what is in it.
  IN_USE(ErrorClass.FILE_IN_USE),
  /// Its content is not what was put into quarantine.
  ALTERED(ErrorClass.CHANGED),
  /// Nothing of that id is held.
  NOT_HELD(ErrorClass.OTHER),
  /// Processes came back, or withstood, to the last sweep.
  STILL_RUNNING(ErrorClass.TIMEOUT);

  private final ErrorClass error;

  Refusal(ErrorClass error) {
    this.error = error;
  }

  /// The class under which it is reported.
  public ErrorClass error() {
    return error;
  }
}
