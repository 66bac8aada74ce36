package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Runs alone in a pid namespace of its own, where it can say which number the next process gets.
/// Each round a banned process ends at the worst moment of its stopping and an innocent one gets
/// its number.
final class ReusedPids {
  private static final Path LAST = Path.of("/proc/sys/kernel/ns_last_pid");

  private ReusedPids() {}

  /// @param args the banned program, an innocent one, rounds; prints how many innocents died by our
  ///   hand at each moment, and how many by `kill`
  public static void main(String[] args) throws Exception {
    var rounds = Integer.parseInt(args[2]);
    var looked = 0;
    var held = 0;
    var naive = 0;
    for (var i = 0; i < rounds; i++) {
      looked += died(args, "pidfd_open") ? 1 : 0;
      held += died(args, "pidfd_send_signal") ? 1 : 0;
      naive += diedByNumber(args) ? 1 : 0;
    }
    System.out.println(looked + " " + held + " " + naive);
  }

  private static Process start(String program) throws IOException {
    return new ProcessBuilder(program, "600").start();
  }

  private static void awaitRunning(Process process, String program) throws IOException {
    var exe = Path.of("/proc", Long.toString(process.pid()), "exe");
    while (!Files.readSymbolicLink(exe).toString().equals(program)) {
      Thread.onSpinWait();
    }
  }

  private static FileId id(String program) throws IOException {
    var dev = (Long) Files.getAttribute(Path.of(program), "unix:dev");
    var ino = (Long) Files.getAttribute(Path.of(program), "unix:ino");
    return new FileId(dev == null ? 0 : dev, ino == null ? 0 : ino);
  }

  /// Ends the banned process and gives its number to an innocent one.
  private static Process replaced(Process banned, String innocent) {
    try {
      banned.destroyForcibly().waitFor();
      while (true) {
        Files.writeString(LAST, Long.toString(banned.pid() - 1));
        var next = start(innocent);
        if (next.pid() == banned.pid()) {
          return next;
        }
        next.destroyForcibly().waitFor();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean died(String[] programs, String moment) throws Exception {
    var banned = start(programs[0]);
    awaitRunning(banned, programs[0]);
    var innocent = new Process[1];
    Faults.decide(call -> {
      if (call.equals(moment) && innocent[0] == null) {
        innocent[0] = replaced(banned, programs[1]);
      }
      return Errno.OTHER;
    });
    try (var processes = new LinuxProcesses()) {
      new Stopping(processes).stop(Set.of(id(programs[0])), Duration.ZERO);
    } finally {
      Faults.none();
    }
    return ended(innocent[0], programs[1]);
  }

  private static boolean diedByNumber(String[] programs) throws Exception {
    var banned = start(programs[0]);
    awaitRunning(banned, programs[0]);
    var innocent = replaced(banned, programs[1]);
    killByNumber(banned.pid());
    return ended(innocent, programs[1]);
  }

  /// The kernel is asked and not the library, which for a moment takes a new process for the one
  /// that had its number before, and so for ended.
  private static boolean ended(Process innocent, String program)
      throws IOException, InterruptedException {
    Thread.sleep(50);
    var ended = !runs(innocent.pid(), program);
    killByNumber(innocent.pid());
    while (runs(innocent.pid(), program)) {
      Thread.onSpinWait();
    }
    return ended;
  }

  private static boolean runs(long pid, String program) throws IOException {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
          .toString()
          .equals(program);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void killByNumber(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/kill", "-9", Long.toString(pid)).start().waitFor();
  }
}
