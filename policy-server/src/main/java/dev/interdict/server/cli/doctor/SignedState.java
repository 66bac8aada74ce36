package dev.interdict.server.cli.doctor;

import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.KeyMismatch;
import dev.interdict.server.publish.Keyring;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The signed files: whether the keys here are those that they trust, until when each role's holds,
/// how old the newest list is, and whether this machine's clock fits what was signed last.
record SignedState(Parts parts, Path keys, Instant now) {
  /// A ceremony takes people and days.
  private static final Duration CEREMONY = Duration.ofDays(30);

  private static final Set<RoleName> ONLINE =
      Set.of(
          RoleName.TIMESTAMP,
          RoleName.SNAPSHOT,
          RepositoryPlan.EXEMPTIONS,
          RepositoryPlan.CONTROLS);

  private static final Duration SLACK = Duration.ofMinutes(5);

  List<Answer> answers() {
    var answers = new ArrayList<Answer>();
    try {
      var state = Repository.read(parts.signed());
      all(state).forEach((role, metadata) -> answers.add(lasting(role, metadata)));
      answers.add(keys(state));
      answers.add(clock(state));
    } catch (RepositoryException e) {
      answers.add(
          Answer.bad(
              "signed",
              "the signed files do not verify: " + e.getMessage(),
              "agents keep what they have; restore them from a backup, or see interdict recover"));
    }
    answers.add(policy());
    return answers;
  }

  private static Map<RoleName, Metadata> all(RepositoryState state) {
    var all = new LinkedHashMap<RoleName, Metadata>();
    all.put(RoleName.ROOT, state.trusted().root());
    all.putAll(state.roles());
    all.put(RoleName.SNAPSHOT, state.snapshot());
    all.put(RoleName.TIMESTAMP, state.timestamp());
    return all;
  }

  private Answer keys(RepositoryState state) {
    try {
      var here = Keyring.open(keys);
      var wrong = KeyMismatch.of(here, state);
      return wrong.isEmpty()
          ? Answer.good("keys", "those that lie here are trusted in their roles")
          : Answer.bad(
              "keys",
              "not those that the signed files trust: " + KeyMismatch.files(wrong),
              KeyMismatch.remedy(wrong, keys));
    } catch (IOException e) {
      return Answer.bad("keys", String.valueOf(e.getMessage()), "see interdict key list");
    }
  }

  private Answer lasting(RoleName role, Metadata metadata) {
    var question = "signed-" + role.value();
    var end = metadata.header().expires();
    var left = Duration.between(now, end);
    var detail = "version " + metadata.header().version() + ", until " + end;
    if (left.isNegative()) {
      return Answer.bad(question, detail, advice(role));
    }
    return left.compareTo(soon(role)) < 0
        ? Answer.watch(question, detail, advice(role))
        : Answer.good(question, detail);
  }

  /// What a server signs by itself it signs anew at half of that time; so where a quarter is left,
  /// it does not.
  private static Duration soon(RoleName role) {
    var quarter = Expiries.STANDARD.of(role).dividedBy(4);
    return quarter.compareTo(CEREMONY) < 0 ? quarter : CEREMONY;
  }

  private static String advice(RoleName role) {
    return ONLINE.contains(role)
        ? "the running server signs it by itself: see its log for why it does not"
        : "sign it anew: interdict root new, or interdict publish; see docs/keys.md";
  }

  private Answer clock(RepositoryState state) {
    var signed = state.timestamp().header().issued();
    var newest =
        parts
            .database()
            .first("select coalesce(max(received_at), 0) from report", row -> row.getLong(1));
    var told = Instant.ofEpochMilli(newest == null ? 0 : newest);
    var latest = signed != null && signed.isAfter(told) ? signed : told;
    var detail =
        now.truncatedTo(ChronoUnit.SECONDS)
            + "; newest that was signed or received: "
            + latest.truncatedTo(ChronoUnit.SECONDS);
    return now.plus(SLACK).isBefore(latest)
        ? Answer.bad(
            "clock", detail, "the clock was set back: set it right, or nothing is signed any more")
        : Answer.good("clock", detail);
  }

  private Answer policy() {
    var shown =
        parts
            .database()
            .first(
                "select serial, shown_at from publication where shown_at is not null order by"
                    + " serial desc limit 1",
                row ->
                    "serial "
                        + row.getLong(1)
                        + ", published "
                        + Instant.ofEpochMilli(row.getLong(2)));
    return shown == null
        ? Answer.watch("policy", "nothing is published yet", "interdict publish --help")
        : Answer.good("policy", shown);
  }
}
