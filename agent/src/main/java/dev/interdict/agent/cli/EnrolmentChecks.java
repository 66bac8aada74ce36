package dev.interdict.agent.cli;

import dev.interdict.agent.cli.DoctorCommand.Check;
import dev.interdict.agent.state.FailedJoin;
import dev.interdict.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What keeps a computer from joining its server, as far as it stands in the settings that the
/// package's `enrol-once` reads. They are root's: nobody else sees more than that it has not
/// joined.
final class EnrolmentChecks {
  /// As `enrol-once` reads a line.
  private static final Pattern LINE =
      Pattern.compile("(INTERDICT_[A-Z_]+)=[\"']?([^\"']*)[\"']?\\s*");

  private final Map<String, String> settings;

  private EnrolmentChecks(Map<String, String> settings) {
    this.settings = settings;
  }

  /// Whether it can be seen that this computer belongs to no server.
  static boolean isNotEnrolled(StateDirectory state) {
    // The package leaves the folder to the enrolment; what may not be entered may hold one.
    return Files.notExists(state.path())
        || Files.isExecutable(state.path()) && !Files.exists(state.enrolment());
  }

  /// @param folder such as `/etc/interdict-agent`
  static List<Check> of(Path folder, Instant now) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try {
      return new EnrolmentChecks(read(folder)).checks(folder.resolve("enrol.conf"), now);
    } catch (IOException e) {
      // Not root, or not out of a package.
      return List.of();
    }
  }

  /// Why the last try failed, where there was one and it may be seen.
  static List<Check> lastTry(StateDirectory state) {
    var failed = FailedJoin.load(state);
    return failed == null
        ? List.of()
        : List.of(
            new Check(
                "last-try",
                false,
                failed.at().truncatedTo(ChronoUnit.SECONDS) + " " + failed.why()));
  }

  /// What comes later counts, and what is not there counts for nothing, as for `enrol-once`.
  private static Map<String, String> read(Path folder) throws IOException {
    var settings = new HashMap<String, String>();
    var files = new ArrayList<Path>();
    var first = folder.resolve("enrol.conf");
    if (!Files.notExists(first)) {
      files.add(first);
    }
    try (Stream<Path> more = Files.list(folder.resolve("enrol.conf.d"))) {
      more.filter(file -> file.toString().endsWith(".conf")).sorted().forEach(files::add);
    } catch (NoSuchFileException e) {
      // Nothing comes later.
    }
    for (var file : files) {
      for (var line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
        var setting = LINE.matcher(line);
        if (setting.matches()) {
          settings.put(setting.group(1), setting.group(2).strip());
        }
      }
    }
    return settings;
  }

  private String value(String name) {
    return settings.getOrDefault(name, "");
  }

  private List<Check> checks(Path file, Instant now) {
    var server = value("INTERDICT_SERVER");
    if (server.isEmpty()) {
      return List.of(new Check("no-server", false, file.toString()));
    }
    var checks = new ArrayList<Check>();
    var tokenFile = value("INTERDICT_ENROL_TOKEN_FILE");
    if (value("INTERDICT_ROOT_KEY").isEmpty()) {
      checks.add(new Check("no-setting", false, "INTERDICT_ROOT_KEY"));
    }
    if (tokenFile.isEmpty() && value("INTERDICT_ENROL_TOKEN").isEmpty()) {
      checks.add(new Check("no-setting", false, "INTERDICT_ENROL_TOKEN"));
    }
    if (!tokenFile.isEmpty() && !Files.isReadable(Path.of(tokenFile))) {
      checks.add(new Check("no-token", false, tokenFile));
    }
    var ca = value("INTERDICT_CA_FILE");
    if (!ca.isEmpty()) {
      checks.add(CaCheck.in(Path.of(ca), now));
    }
    if (checks.stream().allMatch(Check::ok)) {
      checks.add(new Check("not-joined", false, server));
    }
    return checks;
  }
}
