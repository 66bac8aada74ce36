package dev.interdict.server.cli.terminal;

/// Exit codes, the same for every command.
public final class Exit {
  public static final int OK = 0;

  /// Something was found that is not as it should be.
  public static final int FOUND = 1;

  /// The command was not understood.
  public static final int USAGE = 2;

  /// A server does not answer.
  public static final int UNREACHABLE = 3;

  /// Not allowed: by the file system, or by what is safe.
  public static final int REFUSED = 4;

  /// A signature or a key is not what it must be.
  public static final int TRUST = 5;

  /// Something stands in the way: a set-up that is there already, a port in use.
  public static final int CONFLICT = 6;

  private Exit() {}

  /// Ends the program.
  public static void leave(int code) {
    System.exit(code);
  }
}
