package dev.interdict.agent.platform.linux.quarantine;

import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A user who exchanges two names of his as fast as the machine lets him (renameat2 with
/// RENAME_EXCHANGE). Runs as a process of its own, under another uid where the test is root, until
/// it is ended.
final class Attacker {
  static {
    Native.register(Attacker.class, "c");
  }

  private Attacker() {}

  /// @param number of renameat2 on this architecture
  static native long syscall(
      long number, long from, byte[] name, long to, byte[] newName, long flags);

  /// @param args the directory that holds `pkg` and `decoy`
  public static void main(String[] args) {
    var number = System.getProperty("os.arch").equals("aarch64") ? 276 : 316;
    var pkg = terminated(Path.of(args[0], "pkg"));
    var decoy = terminated(Path.of(args[0], "decoy"));
    var here = -100;
    var exchange = 2;
    System.out.println("ready");
    while (true) {
      syscall(number, here, pkg, here, decoy, exchange);
    }
  }

  private static byte[] terminated(Path path) {
    return (path + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
