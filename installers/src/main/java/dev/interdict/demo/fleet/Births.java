package dev.interdict.demo.fleet;

import dev.interdict.policy.Vocabulary;
import dev.interdict.report.Device;
import dev.interdict.report.DeviceId;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Problem;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/// Makes device number `index` of a company out of the company's seed. Thread-safe: devices may be
/// made in any order.
final class Births {
  private static final List<String> PLACES = List.of("hz", "bj", "sh", "sz", "cd");
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /// How long after the date the cycles of agents are spread.
  private static final int CYCLE_MILLIS = 25_000;

  private final long seed;

  Births(long seed) {
    this.seed = seed;
  }

  Life life(int index) {
    var random = new SplittableRandom(seed + index * SPREAD);
    var keys = keys(random);
    var division = pick(Division.COMPANY, Division::share, random);
    var os = os(division, random);
    var host = division.hostName(PLACES.get(random.nextInt(PLACES.size())), index);
    var facts =
        new Device(
            DeviceId.of(keys.getPublic()),
            host,
            os,
            osVersion(os, random),
            os == OsFamily.MACOS ? "aarch64" : "amd64",
            Vocabulary.CURRENT);
    var hasIt = random.nextInt(100) < division.adoption();
    var fate = hasIt ? ofUser(random) : ofOther(random);
    var copies = Copy.ALL.stream().filter(copy -> copy.on().contains(os)).toList();
    var copy = pick(copies, Copy::weight, random);
    var version = Copy.VERSIONS.get(random.nextInt(Copy.VERSIONS.size()));
    var owner = HexFormat.of().toHexDigits(random.nextLong());
    var running = random.nextInt(4) == 0;
    return new Life(
        division,
        facts,
        keys,
        fate,
        hasIt ? copy : null,
        version,
        owner,
        running,
        random.nextLong());
  }

  private static KeyPair keys(SplittableRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, new SeededRandom(random.split()));
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  private static OsFamily os(Division division, SplittableRandom random) {
    var percent = random.nextInt(100);
    if (percent < division.linux()) {
      return OsFamily.LINUX;
    }
    return percent < division.linux() + division.macos() ? OsFamily.MACOS : OsFamily.WINDOWS;
  }

  private static String osVersion(OsFamily os, SplittableRandom random) {
    var newer = random.nextInt(100) < 70;
    return switch (os) {
      case LINUX -> newer ? "Ubuntu 24.04.2 LTS" : "Debian GNU/Linux 12";
      case MACOS -> newer ? "macOS 15.5" : "macOS 14.7";
      case WINDOWS -> newer ? "Windows 11 24H2" : "Windows 10 22H2";
      case OTHER -> "unknown";
    };
  }

  private static Fate ofUser(SplittableRandom random) {
    var percent = random.nextInt(1000);
    if (percent < 330) {
      return new Fate.Leaves(0.12 + 0.85 * random.nextDouble());
    }
    if (percent < 920) {
      return new Fate.Obeys(Duration.ofMillis(random.nextInt(CYCLE_MILLIS)));
    }
    if (percent < 945) {
      return new Fate.Fails(Duration.ofMillis(random.nextInt(CYCLE_MILLIS)), error(random));
    }
    if (percent < 980) {
      return new Fate.Exempt(Duration.ofDays(7L + random.nextInt(53)));
    }
    return new Fate.Silent();
  }

  private static Fate ofOther(SplittableRandom random) {
    var percent = random.nextInt(1000);
    if (percent < 4) {
      return new Fate.Unsupported();
    }
    if (percent < 16) {
      return random.nextBoolean()
          ? new Fate.PartlySeen("npm", Problem.PARTLY_INSPECTED)
          : new Fate.PartlySeen("vscode", Problem.SCAN_FAILED);
    }
    return percent < 28 ? new Fate.Silent() : new Fate.Clean();
  }

  private static ErrorClass error(SplittableRandom random) {
    var errors =
        List.of(
            ErrorClass.FILE_IN_USE,
            ErrorClass.ACCESS_DENIED,
            ErrorClass.PACKAGE_MANAGER_ERROR,
            ErrorClass.NETWORK_PATH,
            ErrorClass.CHANGED);
    return errors.get(random.nextInt(errors.size()));
  }

  private static <T> T pick(List<T> choices, ToIntFunction<T> weight, SplittableRandom random) {
    var left = random.nextInt(choices.stream().mapToInt(weight).sum());
    for (var choice : choices) {
      left -= weight.applyAsInt(choice);
      if (left < 0) {
        return choice;
      }
    }
    throw new IllegalArgumentException("weights are not negative");
  }
}
