package dev.interdict.agent.platform.linux.kernel;

/// What differs between the architectures: call numbers of before 2019, and two open flags. Numbers
/// from 424 on are the same everywhere.
record Abi(int statx, int renameat2, int getdents64, int directory, int nofollow) {
  static final int PIDFD_SEND_SIGNAL = 424;
  static final int PIDFD_OPEN = 434;
  static final int OPENAT2 = 437;

  static final Abi HERE = of(System.getProperty("os.arch"));

  /// @throws IllegalStateException on an architecture whose numbers are not known here
  static Abi of(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> new Abi(332, 316, 217, 0200000, 0400000);
      case "aarch64" -> new Abi(291, 276, 61, 040000, 0100000);
      default ->
          throw new IllegalStateException("no system call numbers known for " + architecture);
    };
  }
}
