package dev.interdict.agent.platform.linux.watch;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;

/// Starts programs as directly as a program can, so that what is measured is the start and not
/// Java's way of it.
final class Spawn {
  static {
    Native.register(Spawn.class, "c");
  }

  private static final StringArray NOTHING = new StringArray(new String[0]);

  private Spawn() {}

  private static native int posix_spawn(
      int[] pid,
      String path,
      Pointer actions,
      Pointer attributes,
      StringArray arguments,
      StringArray environment);

  private static native int waitpid(int pid, int[] status, int options);

  /// Nanoseconds from the call to the program's end.
  static long run(String... line) {
    var pid = new int[1];
    var arguments = new StringArray(line);
    var begin = System.nanoTime();
    var error = posix_spawn(pid, line[0], null, null, arguments, NOTHING);
    if (error != 0) {
      throw new IllegalStateException(line[0] + ": errno " + error);
    }
    waitpid(pid[0], new int[1], 0);
    return System.nanoTime() - begin;
  }

  /// Nanoseconds from the call to its refusal.
  static long denied(String program) {
    var arguments = new StringArray(new String[] {program});
    var begin = System.nanoTime();
    var error = posix_spawn(new int[1], program, null, null, arguments, NOTHING);
    var end = System.nanoTime();
    if (error != 1) {
      throw new IllegalStateException(program + ": not denied but " + error);
    }
    return end - begin;
  }
}
