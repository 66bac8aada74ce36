package dev.interdict.agent.state;

import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Vocabulary;
import dev.interdict.report.Device;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.report.SerialNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What this device says of itself.
public final class ThisDevice {
  /// The agent's version, as its package states it.
  public static final String AGENT_VERSION = version();

  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Path LOCAL_TIME = Path.of("/etc/localtime");
  private static final String ZONES = "zoneinfo/";
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /// Only root may read it.
  private static final Path SERIAL = Path.of("/sys/class/dmi/id/product_serial");

  private static final int LONGEST_SERIAL = 256;

  private ThisDevice() {}

  /// Its operating system.
  public static OperatingSystem system() {
    var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return OperatingSystem.WINDOWS;
    }
    return name.startsWith("mac") ? OperatingSystem.MACOS : OperatingSystem.LINUX;
  }

  /// Its time zone, as it is set now: people travel while the guard runs.
  public static ZoneId zone() {
    try {
      var link = Files.readSymbolicLink(LOCAL_TIME).toString();
      var name = link.substring(link.indexOf(ZONES) + ZONES.length());
      return link.contains(ZONES) ? ZoneId.of(name) : ZoneId.systemDefault();
    } catch (IOException | UnsupportedOperationException | DateTimeException e) {
      return ZoneId.systemDefault();
    }
  }

  /// Its description under the id `device`.
  public static Device describe(DeviceId device) {
    return new Device(
        device,
        hostName(),
        switch (system()) {
          case LINUX -> OsFamily.LINUX;
          case MACOS -> OsFamily.MACOS;
          case WINDOWS -> OsFamily.WINDOWS;
        },
        osVersion(),
        System.getProperty("os.arch", "unknown"),
        Vocabulary.CURRENT);
  }

  /// What tells the server which workstation of the company's list this is: a hash of the serial
  /// that the firmware states; null where there is none, or it is not Linux.
  public static @Nullable String hardware() {
    return hardware(SERIAL);
  }

  static @Nullable String hardware(Path serial) {
    try (var in = Files.newInputStream(serial)) {
      return SerialNumber.told(
          new String(in.readNBytes(LONGEST_SERIAL), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return null;
    }
  }

  /// The name the kernel has, read without asking a resolver.
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      var name = System.getenv("COMPUTERNAME");
      return name == null || name.isBlank() ? "unknown" : name;
    }
  }

  private static String osVersion() {
    try {
      for (var line : Files.readAllLines(OS_RELEASE, StandardCharsets.UTF_8)) {
        if (line.startsWith("PRETTY_NAME=")) {
          return line.substring("PRETTY_NAME=".length()).replace("\"", "");
        }
      }
    } catch (IOException e) {
      // Another system than Linux: the Java platform's own words do.
    }
    return System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
  }

  private static String version() {
    var version = ThisDevice.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-dev" : version;
  }
}
