package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.platform.session.NotifyWorker;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The worker as a program of its own, as `interdict-agent notify` is; at a fixed time, and with a
/// page that only notes which rule it was opened for.
final class NotifyProgram {
  private NotifyProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    var limit = Duration.parse(arguments[0]);
    var clock = InstantSource.fixed(Instant.parse(arguments[1]));
    var page = List.of("/bin/sh", "-c", "echo \"$1\" >> " + arguments[2], "page");
    System.exit(
        NotifyWorker.run(System.in, System.out, limit, new LinuxScreens(page, limit, clock)::of));
  }

  /// The line that starts it.
  ///
  /// @param opened the file in which the page notes the rule
  static List<String> line(String classPath, Duration limit, Instant now, Path opened) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        NotifyProgram.class.getName(),
        limit.toString(),
        now.toString(),
        opened.toString());
  }

  /// This process's class path with absolute entries, since a worker starts in another folder.
  static String classPath() {
    return String.join(
        File.pathSeparator,
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
