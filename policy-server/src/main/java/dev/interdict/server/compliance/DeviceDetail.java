package dev.interdict.server.compliance;

import dev.interdict.report.Device;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.RuleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of one device.
///
/// @param rescan null where nobody ever asked
public record DeviceDetail(
    Device device,
    Membership membership,
    Contact contact,
    List<Rule> rules,
    List<Note> notes,
    List<Step> steps,
    List<Told> told,
    List<Answer> answers,
    List<Turn> turns,
    @Nullable Rescan rescan) {
  /// How many steps, notices and answers there are at most, of each the newest.
  public static final int NEWEST = 200;

  public DeviceDetail {
    rules = List.copyOf(rules);
    notes = List.copyOf(notes);
    steps = List.copyOf(steps);
    told = List.copyOf(told);
    answers = List.copyOf(answers);
    turns = List.copyOf(turns);
  }

  /// When it said goodbye to this server; null where it did not, or was heard since.
  public @Nullable Instant unenrolledAt() {
    return turns.stream()
        .filter(turn -> turn.kind().equals("unenrolled") && turn.from() == contact.sequence())
        .map(Turn::at)
        .findFirst()
        .orElse(null);
  }

  /// Where it belongs, from its enrolment and the company's list.
  ///
  /// @param standing whether it counts: `active`, `waiting`, `retired`, `refused`, `superseded`
  /// @param reason why it does not; null where it does
  /// @param entry of the list that it counts as, or while it waits: would; null where on no list
  /// @param boundBy by what that was decided: `serial`, `host`, `person`
  /// @param replaces the device in whose place it stands, or would
  /// @param person whose it is, by the company's list; null where that does not say
  public record Membership(
      Instant enrolledAt,
      String token,
      String department,
      String ring,
      List<String> tags,
      String standing,
      @Nullable String reason,
      @Nullable String entry,
      @Nullable String boundBy,
      @Nullable String replaces,
      @Nullable String person) {
    public Membership {
      tags = List.copyOf(tags);
    }
  }

  /// How it was last heard.
  ///
  /// @param sequence of the last report; 0 before the first
  /// @param report the SHA-256 of its exact bytes, in hex; null before the first
  /// @param scannedAt null if no scan ever finished
  /// @param lost reports that never arrived
  /// @param forkedAt when a report that contradicts another was last refused; null if that is
  ///   explained, or never was
  /// @param clonedAt when two machines were last seen to hold its key; null if never
  public record Contact(
      Instant last,
      @Nullable String agentVersion,
      @Nullable PolicyVersion policy,
      @Nullable Instant scannedAt,
      boolean supported,
      long sequence,
      @Nullable String report,
      long lost,
      @Nullable Instant forkedAt,
      @Nullable Instant clonedAt) {}

  /// What its history of reports has been through, newest first.
  ///
  /// @param kind `resumed`: the device was set back, and goes on; `ahead`: this server was set
  ///   back, and the device goes on; `cloned`: refused, since another machine has its key;
  ///   `unenrolled`: it said goodbye where its next report would have stood
  /// @param sequence of the report by which it was noticed
  /// @param from the last report that the device remembers to be here
  public record Turn(Instant at, String kind, long sequence, long from) {}

  /// That somebody asked for a fresh look, the last time.
  ///
  /// @param told when the first whole report after it came; null while none did
  public record Rescan(Instant at, String by, @Nullable Instant told) {}

  /// One rule on it.
  ///
  /// @param since when it entered the reported state
  /// @param firstSeen when the software was first reported; null if never
  public record Rule(
      String rule,
      Status status,
      RuleState reported,
      @Nullable Presence presence,
      @Nullable Instant due,
      @Nullable Instant exemptUntil,
      Instant since,
      @Nullable Instant firstSeen,
      @Nullable String error,
      List<ReportedFinding> findings) {
    public Rule {
      findings = List.copyOf(findings);
    }
  }

  /// A gap of the last scan, or a problem.
  ///
  /// @param kind `gap` or `problem`
  /// @param problem the problem's word, as in `problems.md`
  public record Note(String kind, String problem, @Nullable String subject) {}

  /// What became of a notice, newest first.
  public record Told(String rule, ReportedNotice notice) {}

  /// What a person at the device answered: first what waits, then newest first.
  ///
  /// @param waits whether somebody has to decide on it: a request or a dispute about software that
  ///   the device still has and is not exempt for
  public record Answer(String rule, ReportedAnswer answer, boolean waits) {}

  /// Something the agent did, newest first.
  public record Step(
      Instant at, String rule, String kind, String identity, @Nullable String error) {
    static Step read(ResultSet row) throws SQLException {
      return new Step(
          Instant.ofEpochMilli(row.getLong("at")),
          row.getString("rule_id"),
          row.getString("kind"),
          row.getString("identity"),
          row.getString("error"));
    }
  }
}
