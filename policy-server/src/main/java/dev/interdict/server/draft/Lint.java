package dev.interdict.server.draft;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that is wrong with rule files before they are published: what the device would
/// refuse, and what it would do but nobody can have meant.
///
/// A comment `# allow R031: why` in the line of a warning or the line before takes that warning
/// away. Errors cannot be allowed.
///
/// Immutable; thread-safe.
public final class Lint {
  private final Instant now;
  private final Map<RuleId, Instant> published;

  /// @param published the effective instants of the rules that are published now: those may lie in
  ///   the past
  public Lint(Instant now, Map<RuleId, Instant> published) {
    this.now = now;
    this.published = Map.copyOf(published);
  }

  /// What lint found, and the rules that the device's reader understood.
  ///
  /// @param findings by file and place
  public record Result(List<Finding> findings, List<Draft> drafts) {
    public Result {
      findings = List.copyOf(findings);
      drafts = List.copyOf(drafts);
    }

    /// Whether all of it may be published.
    public boolean publishable() {
      return findings.stream().noneMatch(Finding::isError);
    }
  }

  /// Checks files that are meant to be published together.
  public Result check(List<YamlFile.Reading> files) {
    var findings = new ArrayList<Finding>();
    var drafts = new ArrayList<Draft>();
    for (var reading : files) {
      switch (reading) {
        case YamlFile.Reading.Malformed(var finding) -> findings.add(finding);
        case YamlFile.Reading.Read(var file) -> check(file, findings, drafts);
      }
    }
    findings.addAll(doubled(drafts));
    findings.sort(null);
    return new Result(findings, drafts);
  }

  private void check(YamlFile file, List<Finding> findings, List<Draft> drafts) {
    switch (RuleReader.read(file.json())) {
      case RuleReader.Result.Faulty(var faults) ->
          faults.forEach(fault ->
              findings.add(
                  new Finding(
                      file.name(),
                      file.places().of(fault.pointer()),
                      FaultCodes.of(fault, file.json()),
                      said(fault.pointer(), fault.message()))));
      case RuleReader.Result.Understood(var rule) -> {
        var draft = new Draft(file, rule);
        drafts.add(draft);
        var own = new ArrayList<Finding>();
        TextLint.check(draft, own);
        DateLint.check(draft, now, published.get(rule.id()), own);
        var calendar = WorkCalendar.of(rule.timeline().zone());
        DayLint.check(draft, calendar, own);
        PaceLint.check(draft, calendar, own);
        ScopeLint.check(draft, own);
        StoryLint.check(draft, calendar, own);
        ReachLint.check(draft, own);
        own.removeIf(finding -> allowed(file, finding));
        findings.addAll(own);
      }
    }
  }

  private static String said(String pointer, String message) {
    var name = pointer.substring(pointer.indexOf('/') + 1).replace('/', '.');
    return name.isEmpty() || message.startsWith("unknown field") ? message : name + ": " + message;
  }

  private static List<Finding> doubled(List<Draft> drafts) {
    var first = new HashMap<RuleId, Draft>();
    var findings = new ArrayList<Finding>();
    for (var draft : drafts) {
      var other = first.putIfAbsent(draft.rule().id(), draft);
      if (other != null) {
        findings.add(
            draft.finding(
                LintCode.R011,
                "/id",
                "id: "
                    + draft.rule().id()
                    + " is also the id in "
                    + other.file().name()
                    + "; give one of them another id"));
      }
    }
    return findings;
  }

  private static boolean allowed(YamlFile file, Finding finding) {
    var line = finding.at().line();
    return !finding.isError()
        && (allows(file, line, finding.code()) || allows(file, line - 1, finding.code()));
  }

  private static boolean allows(YamlFile file, int line, LintCode code) {
    if (line < 1 || line > file.lines().size()) {
      return false;
    }
    var text = file.lines().get(line - 1);
    var comment = text.startsWith("#") ? 0 : text.indexOf(" #");
    return comment >= 0 && text.indexOf("allow " + code + ":", comment) >= 0;
  }

  /// When a rule takes effect, as publishing remembers it; a rule of each device's own clock by
  /// UTC.
  public static Instant effective(dev.interdict.policy.Rule rule) {
    return rule.timeline().effectiveAt(ZoneOffset.UTC);
  }
}
