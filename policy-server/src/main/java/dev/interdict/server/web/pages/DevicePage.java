package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.report.ReportedFinding;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.Standing;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceView.Contact;
import dev.interdict.server.web.pages.DeviceView.Done;
import dev.interdict.server.web.pages.DeviceView.Evidence;
import dev.interdict.server.web.pages.DeviceView.Facts;
import dev.interdict.server.web.pages.DeviceView.OnRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One device: where it stands with each rule, on what evidence, and what was done.
final class DevicePage implements Page {
  private final Fleet fleet;

  DevicePage(Fleet fleet) {
    this.fleet = fleet;
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
    var clock = fleet.clock();
    var facts = facts(detail, clock, words);
    var view =
        new DeviceView(
            facts,
            warnings(detail, words),
            detail.rules().stream().map(rule -> onRule(rule, words)).toList(),
            detail.steps().stream().map(step -> done(step, words)).toList(),
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

  private OnRule onRule(DeviceDetail.Rule rule, Words words) {
    var until = rule.exemptUntil();
    var standing = Standings.of(rule.status(), rule.reported(), rule.presence(), words);
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
        rule.findings().stream().map(DevicePage::evidence).toList());
  }

  private static Evidence evidence(ReportedFinding finding) {
    var version = finding.version();
    return new Evidence(
        finding.source(),
        finding.identity(),
        version == null ? "" : version,
        finding.location(),
        finding.strength().name().toLowerCase(Locale.ROOT),
        finding.running());
  }

  private Done done(DeviceDetail.Step step, Words words) {
    return new Done(
        step.at(),
        fleet.name(step.rule()),
        words.named("action", step.kind()),
        step.identity(),
        step.error() == null ? null : words.named("error", step.error()));
  }
}
