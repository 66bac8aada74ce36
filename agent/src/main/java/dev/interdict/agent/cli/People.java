package dev.interdict.agent.cli;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.state.Uplink;
import dev.interdict.report.DeviceId;
import dev.interdict.support.Redaction;
import dev.interdict.support.Redaction.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who and what has a name on this computer: what a support bundle must not tell.
final class People {
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final int FIRST_PERSON = 1_000;
  private static final int NAME = 0;
  private static final int UID = 2;
  private static final int FULL_NAME = 4;
  private static final int FIELDS = 7;

  private People() {}

  /// What knows the accounts of people here with their full names, this computer's name, the
  /// server's and the proxy's.
  static Redaction redaction(
      @Nullable Enrolment enrolment, @Nullable Uplink uplink, Map<String, String> environment) {
    var redaction = new Redaction();
    for (var variable : List.of("USER", "LOGNAME", "SUDO_USER", "USERNAME")) {
      redaction.name(Kind.USER, environment.getOrDefault(variable, ""));
    }
    redaction.name(Kind.USER, System.getProperty("user.name", ""));
    accounts(PASSWD).forEach(name -> redaction.name(Kind.USER, name));
    host(ThisDevice.describe(new DeviceId("0".repeat(32))).hostName(), redaction);
    if (enrolment != null) {
      host(String.valueOf(enrolment.server().getHost()), redaction);
      redaction.name(Kind.ID, enrolment.device().value()).name(Kind.ID, enrolment.publicKey());
      enrolment.groups().forEach(group -> redaction.name(Kind.ID, group));
    }
    if (uplink != null && uplink.proxy() != null) {
      host(uplink.proxyHost(), redaction);
    }
    return redaction;
  }

  /// A name and its first label.
  private static void host(String name, Redaction redaction) {
    redaction.name(Kind.HOST, name);
    var dot = name.indexOf('.');
    if (dot > 0 && !name.matches("[0-9.]+")) {
      redaction.name(Kind.HOST, name.substring(0, dot));
    }
  }

  /// Names and full names of people.
  static List<String> accounts(Path passwd) {
    var names = new ArrayList<String>();
    List<String> lines;
    try {
      lines = List.of(Files.readString(passwd, StandardCharsets.UTF_8).split("\n"));
    } catch (IOException e) {
      // Another system, or names in another encoding: the patterns have to do.
      return names;
    }
    for (var line : lines) {
      var fields = line.split(":", -1);
      if (fields.length == FIELDS
          && fields[UID].matches("[0-9]{4,10}")
          && Long.parseLong(fields[UID]) >= FIRST_PERSON) {
        names.add(fields[NAME]);
        for (var part : fields[FULL_NAME].split(",")) {
          names.add(part);
        }
      }
    }
    return names;
  }
}
