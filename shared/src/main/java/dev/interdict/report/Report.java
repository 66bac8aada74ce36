package dev.interdict.report;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one device tells the server, whole: each report states the present, none is a difference.
///
/// @param sequence 1 for a device's first report, one more for each next
/// @param previousHash lower-case hex SHA-256 of the exact bytes of the report before; null for the
///   first
/// @param at when it was composed, by the device's trusted time
/// @param policy the blocklist it was composed under; null if none was ever verified
/// @param footing what the device remembers of the server; null from an agent that does not say it
public record Report(
    ReportId id,
    Device device,
    long sequence,
    @Nullable String previousHash,
    Instant at,
    String agentVersion,
    @Nullable PolicyVersion policy,
    @Nullable Footing footing,
    Coverage coverage,
    List<ReportedRule> rules,
    List<ReportedProblem> problems) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// One that does not say what the device remembers of the server.
  public Report(
      ReportId id,
      Device device,
      long sequence,
      @Nullable String previousHash,
      Instant at,
      String agentVersion,
      @Nullable PolicyVersion policy,
      Coverage coverage,
      List<ReportedRule> rules,
      List<ReportedProblem> problems) {
    this(
        id,
        device,
        sequence,
        previousHash,
        at,
        agentVersion,
        policy,
        null,
        coverage,
        rules,
        problems);
  }

  /// @throws IllegalArgumentException if the chain of reports is broken in itself, a rule appears
  ///   twice, or a rule is called clear or removed after a scan that did not see everything
  public Report {
    if (sequence < 1) {
      throw new IllegalArgumentException("a report's sequence starts at 1");
    }
    if ((sequence == 1) != (previousHash == null)) {
      throw new IllegalArgumentException(
          "every report but the first carries the hash of the one before");
    }
    if (previousHash != null && !HASH.matcher(previousHash).matches()) {
      throw new IllegalArgumentException("a report's hash is 64 lower-case hex digits");
    }
    agentVersion = BoundedText.of(agentVersion, 60);
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
    var seen = new HashSet<String>();
    for (var rule : rules) {
      if (!seen.add(rule.rule())) {
        throw new IllegalArgumentException("rule " + rule.rule() + " is reported twice");
      }
      if (rule.state().claimsClear() && !coverage.whole()) {
        throw new IllegalArgumentException(
            "rule "
                + rule.rule()
                + " cannot be "
                + rule.state()
                + ": the device was only partly inspected");
      }
    }
  }
}
