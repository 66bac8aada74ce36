package dev.interdict.server.cli.doctor;

import dev.interdict.server.audit.Verification;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.fleet.Farewells;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The database: whether it answers and is sound, when it was backed up last, and how much of the
/// fleet is heard.
record StoredState(Parts parts, Settings settings, Instant now) {
  private static final Duration BACKED_UP = Duration.ofDays(7);

  List<Answer> answers(boolean thorough) {
    var answers = new ArrayList<Answer>();
    answers.add(database(thorough));
    if (thorough) {
      answers.add(audit());
    }
    answers.add(backup());
    answers.add(fleet());
    answers.add(expected());
    return answers;
  }

  private Answer database(boolean thorough) {
    var faults = thorough ? parts.database().faults() : List.<String>of();
    var detail = settings.database() + ", tables of version " + parts.database().version() + size();
    return faults.isEmpty()
        ? Answer.good("database", detail + (thorough ? ", sound" : ""))
        : Answer.bad(
            "database",
            detail + ": " + faults.getFirst(),
            "restore the newest backup: interdict-server restore --help");
  }

  private String size() {
    if (settings.database() instanceof Location.File(var path)) {
      try {
        return ", " + (Files.size(path) >> 20) + " MiB";
      } catch (IOException e) {
        return "";
      }
    }
    return "";
  }

  private Answer audit() {
    return parts.audit().verify() instanceof Verification.Broken(var seq, var why)
        ? Answer.bad(
            "audit", "entry " + seq + " " + why, "keep the disk; see interdict audit verify")
        : Answer.good("audit", "the chain holds");
  }

  private Answer backup() {
    var last =
        parts
            .database()
            .first(
                "select coalesce(max(at), 0) from audit where action = 'server.backup'",
                row -> row.getLong(1));
    var advice = "interdict-server backup NEW-FOLDER, and keep it elsewhere";
    if (last == null || last == 0) {
      return Answer.watch("backup", "none was ever made with interdict-server backup", advice);
    }
    var age = Duration.between(Instant.ofEpochMilli(last), now);
    var detail = "the last one " + age.toDays() + " days ago";
    return age.compareTo(BACKED_UP) > 0
        ? Answer.watch("backup", detail, advice)
        : Answer.good("backup", detail);
  }

  private Answer fleet() {
    var silent = now.minus(settings.silentAfter()).toEpochMilli();
    var counts =
        parts
            .database()
            .first(
                "select count(*), coalesce(sum(case when last_contact < ? then 1 else 0 end), 0),"
                    + " coalesce(sum(case when "
                    + Farewells.HAS_LEFT
                    + " then 1 else 0 end), 0) from device d where standing = 'active'",
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                silent);
    var seen = counts == null ? new long[3] : counts;
    var detail =
        seen[0]
            + " workstations, "
            + seen[1]
            + " silent, "
            + seen[2]
            + " unenrolled where they stand";
    // One in ten on leave is usual.
    return seen[1] * 10 > seen[0] || seen[2] > 0
        ? Answer.watch("fleet", detail, "interdict device list --state silent; see docs/fleet.md")
        : Answer.good("fleet", detail);
  }

  private Answer expected() {
    var census = parts.expected().census();
    if (census.expected() == 0) {
      return Answer.watch(
          "expected",
          "no list of expected workstations: whoever never enrolled is not counted",
          "interdict fleet import --help");
    }
    var detail =
        census.expected() + " expected, " + census.notEnrolled() + " of them never enrolled";
    return Answer.good("expected", detail);
  }
}
