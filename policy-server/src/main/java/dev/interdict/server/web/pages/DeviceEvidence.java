package dev.interdict.server.web.pages;

import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.SourceReport;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.View.Standing;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceView.Evidence;
import dev.interdict.server.web.pages.DeviceView.OnRule;
import dev.interdict.server.web.pages.DeviceView.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a device stands with each rule, on what evidence, and in which of its signed reports that
/// stands. Used once.
final class DeviceEvidence {
  /// How many reports that first saw something are read, the newest of them: each may be large, and
  /// a device says itself how many there are.
  private static final int MOST = 12;

  private final Fleet fleet;
  private final DeviceDetail detail;
  private final List<SourceReport> reports;
  private final Words words;

  private DeviceEvidence(
      Fleet fleet, DeviceDetail detail, List<SourceReport> reports, Words words) {
    this.fleet = fleet;
    this.detail = detail;
    this.reports = reports;
    this.words = words;
  }

  static DeviceEvidence of(Fleet fleet, DeviceDetail detail, Words words) {
    var first =
        detail.rules().stream()
            .map(DeviceDetail.Rule::firstSeen)
            .filter(Objects::nonNull)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .limit(MOST)
            .toList();
    return new DeviceEvidence(fleet, detail, fleet.compliance().sources(detail, first), words);
  }

  /// The report that all of them were told by: each states the present, whole. Its hash is known
  /// even where its bytes are not kept.
  @Nullable Source last() {
    var contact = detail.contact();
    var hash = contact.report();
    if (hash == null) {
      return null;
    }
    var kept = kept();
    return kept == null
        ? new Source(contact.sequence(), null, hash, null)
        : new Source(
            kept.sequence(), kept.received(), hash, kept.intact() && kept.hash().equals(hash));
  }

  /// When it was made, by the device's own time, and when it came; null where its bytes are not
  /// kept.
  @Nullable Composed composed() {
    var kept = kept();
    return kept == null || kept.composed() == null
        ? null
        : new Composed(kept.composed(), kept.received());
  }

  /// @param at by the time that the device trusts
  /// @param received by this server's clock
  record Composed(Instant at, Instant received) {}

  private @Nullable SourceReport kept() {
    return reports.stream()
        .filter(report -> report.sequence() == detail.contact().sequence())
        .findFirst()
        .orElse(null);
  }

  List<OnRule> rules() {
    return detail.rules().stream().map(this::onRule).toList();
  }

  private OnRule onRule(DeviceDetail.Rule rule) {
    var until = rule.exemptUntil();
    var standing = Standings.of(rule.status(), rule.reported(), rule.presence(), words);
    var disputed = disputed(rule.rule());
    var details = new ArrayList<String>();
    if (standing.detail() != null) {
      details.add(standing.detail());
    }
    if (rule.error() != null) {
      details.add(words.named("error", rule.error()));
    }
    if (until != null) {
      details.add(words.text("device.exempt-until", words.dateTime(until, fleet.shown())));
    }
    var published = fleet.rule(rule.rule());
    return new OnRule(
        rule.rule(),
        fleet.name(rule.rule()),
        published.map(each -> each.tool().publisher()).orElse(""),
        published.isPresent() ? Href.to("/rules", rule.rule()) : null,
        new Standing(
            standing.look(),
            standing.label(),
            details.isEmpty() ? null : String.join(" · ", details)),
        rule.reported().hasIt() ? rule.due() : null,
        rule.since(),
        rule.firstSeen(),
        first(rule),
        rule.reported() == RuleState.FAILED,
        rule.findings().stream().map(finding -> evidence(finding, disputed)).toList());
  }

  private Set<String> disputed(String rule) {
    return detail.answers().stream()
        .filter(answer -> answer.rule().equals(rule))
        .map(DeviceDetail.Answer::answer)
        .filter(answer -> answer.kind().equals("not-that-tool"))
        .map(ReportedAnswer::finding)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /// The report that came when the software was first seen, and says that it is there.
  private @Nullable Source first(DeviceDetail.Rule rule) {
    return reports.stream()
        .filter(report ->
            report.received().equals(rule.firstSeen()) && report.having().contains(rule.rule()))
        .findFirst()
        .map(report ->
            new Source(report.sequence(), report.received(), report.hash(), report.intact()))
        .orElse(null);
  }

  private static Evidence evidence(ReportedFinding finding, Set<String> disputed) {
    var version = finding.version();
    return new Evidence(
        finding.source(),
        finding.identity(),
        version == null ? "" : version,
        finding.location(),
        finding.strength().name().toLowerCase(Locale.ROOT),
        finding.running(),
        finding.key() != null && disputed.contains(finding.key()));
  }
}
