package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One device: where it stands with each rule, on what evidence, what people were told and
/// answered, and what was done.
///
/// @param warnings what makes its report less than whole, in words
/// @param looks at this page, newest first
public record DeviceView(
    Facts facts,
    List<String> warnings,
    List<OnRule> rules,
    List<Done> actions,
    List<Told> notices,
    List<Answered> answers,
    List<Looked> looks,
    Clock clock)
    implements View {

  /// About the device itself.
  ///
  /// @param behind by how many serials its policy is old; null before its first policy
  public record Facts(
      String id,
      String host,
      String department,
      String ring,
      String os,
      String osVersion,
      @Nullable String agent,
      Contact contact,
      @Nullable Long serial,
      @Nullable Long behind) {}

  /// When it was heard and what it had looked at.
  public record Contact(
      Instant enrolled, Instant last, @Nullable Instant scanned, boolean silent) {}

  /// Where it stands with one rule.
  ///
  /// @param href its page; null for a rule that is no longer published
  /// @param date the device's own date of removal
  public record OnRule(
      String name,
      @Nullable Href href,
      Standing standing,
      @Nullable Instant date,
      @Nullable Instant since,
      List<Evidence> evidence) {
    public OnRule {
      evidence = List.copyOf(evidence);
    }
  }

  /// One match.
  public record Evidence(
      String source,
      String identity,
      String version,
      String location,
      String strength,
      boolean running,
      boolean disputed) {}

  /// What became of one notice.
  ///
  /// @param unshown whether nobody can know of it
  public record Told(
      Instant at,
      String rule,
      String phase,
      String outcome,
      @Nullable String channel,
      boolean unshown) {}

  /// Who looked at this page, and in which roles.
  public record Looked(Instant at, String who, String roles) {}

  /// What somebody at the device answered.
  ///
  /// @param waits whether a person has to decide on it
  public record Answered(
      Instant at,
      String rule,
      String what,
      @Nullable Instant until,
      @Nullable String reason,
      boolean waits) {}

  /// One thing the agent did, or refused.
  public record Done(
      Instant at, String rule, String what, String identity, @Nullable String error) {}

  public DeviceView {
    warnings = List.copyOf(warnings);
    rules = List.copyOf(rules);
    actions = List.copyOf(actions);
    notices = List.copyOf(notices);
    answers = List.copyOf(answers);
    looks = List.copyOf(looks);
  }

  @Override
  public String template() {
    return "device.jte";
  }
}
