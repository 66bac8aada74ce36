package dev.interdict.agent.guard;

import dev.interdict.agent.platform.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts this same program in another role, with the Java that runs it now and nothing of the
/// environment.
///
/// @param java the absolute path of the running `java`
/// @param classPath of this process
/// @param natives the folder of the native library that is shipped unpacked; null where it is taken
///   out of its archive at run time, as while the agent is being developed
/// @param classes Java's archive of classes for everything but the guard, made at installation;
///   null where there is none. Where it does not fit, Java goes on without it
public record SelfLaunch(
    Path java, String classPath, @Nullable String natives, @Nullable String classes) {
  private static final String NATIVES = "jna.boot.library.path";
  private static final String CLASSES = "interdict.classes";
  private static final String MAIN = "dev.interdict.agent.cli.Main";

  /// As in the start script: most of a scan runs once, so that to compile it does not pay.
  private static final List<String> FOR_A_SCAN =
      List.of("-Xmn2m", "-XX:CompileThresholdScaling=10");

  /// As the running process was started.
  public static SelfLaunch ofThisProcess() {
    return new SelfLaunch(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        System.getProperty(NATIVES),
        System.getProperty(CLASSES));
  }

  /// The whole command line of a role, program first.
  public List<String> line(int megabytes, List<String> role) {
    var line = new ArrayList<String>();
    line.add(java.toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            // Room for what an archive of classes brings, however little memory the machine has;
            // Java does not start without it.
            "-Xms16m",
            "-Xmx" + megabytes + "m",
            "-Djdk.serialFilter=!*",
            "--enable-native-access=ALL-UNNAMED"));
    if (role.indexOf("scan") == 0) {
      line.addAll(FOR_A_SCAN);
    }
    if (classes != null) {
      // What Java says of an archive is no part of an answer.
      line.addAll(List.of("-XX:AOTCache=" + classes, "-Xlog:disable", "-Xlog:all=warning:stderr"));
    }
    if (natives != null) {
      line.addAll(
          List.of("-D" + NATIVES + "=" + natives, "-Djna.nosys=true", "-Djna.nounpack=true"));
    }
    line.addAll(List.of("-cp", classPath, MAIN));
    line.addAll(role);
    return line;
  }

  /// A role as a command with a time limit. The locale is fixed so that file names stay bytes.
  public Command command(int megabytes, List<String> role, Duration limit) {
    var line = line(megabytes, role);
    return new Command(java, line.subList(1, line.size()), Map.of("LC_ALL", "C.UTF-8"), limit);
  }
}
