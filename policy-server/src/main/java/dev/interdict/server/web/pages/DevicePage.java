package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.Standing;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceView.Answered;
import dev.interdict.server.web.pages.DeviceView.Contact;
import dev.interdict.server.web.pages.DeviceView.Done;
import dev.interdict.server.web.pages.DeviceView.Evidence;
import dev.interdict.server.web.pages.DeviceView.Facts;
import dev.interdict.server.web.pages.DeviceView.Looked;
import dev.interdict.server.web.pages.DeviceView.OnRule;
import dev.interdict.server.web.pages.DeviceView.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One device: where it stands with each rule, on what evidence, and what was done.
final class DevicePage implements Page {
  private static final int LOOKS = 10;

  /// Outcomes after which nobody knows of the notice.
  private static final Set<String> UNSHOWN =
      Set.of("no-session", "do-not-disturb", "refused", "failed");

  private final Fleet fleet;
  private final Looks looks;

  /// @param looks learns of everybody who is shown the page, before they see it
  DevicePage(Fleet fleet, Looks looks) {
    this.fleet = fleet;
    this.looks = looks;
  }

  @Override
  public String path() {
    return DevicesPage.PATH + "/{id}";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var detail = detail(String.valueOf(ask.id()));
    if (detail == null) {
      return new Missing();
    }
    var id = detail.device().id();
    looks.record(id, ask.session().account(), ask.session().inWords());
    var clock = fleet.clock();
    var facts = facts(detail, clock, words);
    var view =
        new DeviceView(
            facts,
            warnings(detail, words),
            detail.rules().stream().map(rule -> onRule(rule, detail.answers(), words)).toList(),
            detail.steps().stream().map(step -> done(step, words)).toList(),
            detail.told().stream().map(told -> told(told, words)).toList(),
            detail.answers().stream().map(answer -> answered(answer, words)).toList(),
            looks.newest(id, LOOKS).stream().map(look -> looked(look, words)).toList(),
            clock);
    return new Shown(
        facts.host(), List.of(new Crumb(words.text("nav.devices"), DevicesPage.PATH)), view, 15);
  }

  private @Nullable DeviceDetail detail(String id) {
    try {
      return fleet.compliance().device(new DeviceId(id));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Facts facts(DeviceDetail detail, Clock clock, Words words) {
    var device = detail.device();
    var member = detail.membership();
    var contact = detail.contact();
    var policy = contact.policy();
    var silentBefore = clock.now().minus(fleet.silentAfter());
    return new Facts(
        device.id().value(),
        device.hostName().isEmpty() ? device.id().value() : device.hostName(),
        member.department().isEmpty() ? words.text("overview.no-department") : member.department(),
        member.ring(),
        words.of("os", device.os()),
        device.osVersion(),
        contact.agentVersion(),
        new Contact(
            member.enrolledAt(),
            contact.last(),
            contact.scannedAt(),
            contact.last().isBefore(silentBefore)),
        policy == null ? null : policy.serial(),
        policy == null ? null : fleet.published().get().serial() - policy.serial());
  }

  private List<String> warnings(DeviceDetail detail, Words words) {
    var warnings = new ArrayList<String>();
    var contact = detail.contact();
    if (contact.sequence() == 0) {
      warnings.add(words.text("device.no-report"));
    }
    if (!contact.supported()) {
      warnings.add(words.text("device.not-supported"));
    }
    var forked = contact.forkedAt();
    if (forked != null) {
      warnings.add(words.text("device.forked", words.dateTime(forked, fleet.zone())));
    }
    var cloned = contact.clonedAt();
    if (cloned != null) {
      warnings.add(words.text("device.cloned", words.dateTime(cloned, fleet.zone())));
    }
    for (var turn : detail.turns()) {
      if (!turn.kind().equals("cloned")) {
        warnings.add(
            words.text(
                "device.turn." + turn.kind(),
                words.dateTime(turn.at(), fleet.zone()),
                turn.from(),
                turn.sequence()));
      }
    }
    if (contact.lost() > 0) {
      warnings.add(words.text("device.lost", contact.lost()));
    }
    for (var note : detail.notes()) {
      var problem = words.named("problem", note.problem());
      var subject = note.subject();
      if (note.kind().equals("gap")) {
        warnings.add(words.text("device.gap", subject == null ? "" : subject, problem));
      } else {
        warnings.add(
            words.text(
                "device.problem", subject == null ? problem : problem + " (" + subject + ")"));
      }
    }
    return List.copyOf(warnings);
  }

  private OnRule onRule(DeviceDetail.Rule rule, List<DeviceDetail.Answer> answers, Words words) {
    var until = rule.exemptUntil();
    var standing = Standings.of(rule.status(), rule.reported(), rule.presence(), words);
    var disputed =
        answers.stream()
            .filter(answer -> answer.rule().equals(rule.rule()))
            .map(answer -> answer.answer())
            .filter(answer -> answer.kind().equals("not-that-tool"))
            .map(ReportedAnswer::finding)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    var details = new ArrayList<String>();
    if (standing.detail() != null) {
      details.add(standing.detail());
    }
    if (rule.error() != null) {
      details.add(words.named("error", rule.error()));
    }
    if (until != null) {
      details.add(words.text("device.exempt-until", words.dateTime(until, fleet.zone())));
    }
    return new OnRule(
        fleet.name(rule.rule()),
        fleet.rule(rule.rule()).isPresent() ? Href.to("/rules", rule.rule()) : null,
        new Standing(
            standing.look(),
            standing.label(),
            details.isEmpty() ? null : String.join(" · ", details)),
        rule.reported().hasIt() ? rule.due() : null,
        rule.since(),
        rule.findings().stream().map(finding -> evidence(finding, disputed)).toList());
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

  private Done done(DeviceDetail.Step step, Words words) {
    return new Done(
        step.at(),
        fleet.name(step.rule()),
        words.named("action", step.kind()),
        step.identity(),
        step.error() == null ? null : words.named("error", step.error()));
  }

  private Told told(DeviceDetail.Told told, Words words) {
    var notice = told.notice();
    var channel = notice.channel();
    return new Told(
        notice.at(),
        fleet.name(told.rule()),
        words.named("notice.phase", notice.phase()),
        words.named("notice.outcome", notice.outcome()),
        channel == null ? null : words.named("notice.channel", channel),
        UNSHOWN.contains(notice.outcome()));
  }

  private static Looked looked(Look look, Words words) {
    var roles =
        Arrays.stream(look.role().split(", ")).map(role -> words.named("role", role)).toList();
    return new Looked(look.at(), look.who(), words.list(roles));
  }

  private Answered answered(DeviceDetail.Answer answered, Words words) {
    var answer = answered.answer();
    return new Answered(
        answer.at(),
        fleet.name(answered.rule()),
        words.named("answer.kind", answer.kind()),
        answer.until(),
        answer.text(),
        answered.waits());
  }
}
