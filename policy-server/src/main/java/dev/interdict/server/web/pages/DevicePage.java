package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceView.Contact;
import dev.interdict.server.web.pages.DeviceView.Facts;
import dev.interdict.server.web.pages.DeviceView.Held;
import dev.interdict.server.web.pages.DeviceView.Looked;
import dev.interdict.server.web.pages.DeviceView.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One device: where it stands with each rule, on what evidence, and what was done.
final class DevicePage implements Page {
  private static final int LOOKS = 200;
  private static final int SHORT = 10;

  /// How long agents keep what they moved away, at least.
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String MANY = "200";

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
    var newest = looks.newest(id, LOOKS);
    var one = List.of(id.value());
    var timeline =
        new Timeline(fleet::name, words)
            .actions(detail.steps())
            .notices(detail.told())
            .answers(detail.answers())
            .events(
                ask.api()
                    .read("listDeviceEvents", Map.of("device", one, "size", List.of(MANY)))
                    .rows("events"))
            .exemptions(
                ask.api().may("listDeviceExemptions")
                    ? ask.api()
                        .read("listDeviceExemptions", Map.of("device", one, "size", List.of(MANY)))
                        .rows("cases")
                    : List.of())
            .looks(newest)
            .shown(ask.query(), Href.to(DevicesPage.PATH, id.value()).address());
    var evidence = DeviceEvidence.of(fleet, detail, words);
    var view =
        new DeviceView(
            facts,
            warnings(detail, words),
            evidence.rules(),
            held(detail.steps()),
            timeline,
            newest.stream().limit(SHORT).map(look -> looked(look, words)).toList(),
            asked(detail.rescan()),
            evidence.last(),
            new Diagnostics(fleet, words).text(detail, facts, evidence.composed()),
            clock);
    return new Shown(
        facts.host(),
        List.of(new Crumb(words.text("nav.devices"), DevicesPage.PATH)),
        view,
        // A page that shows a form again, or a code, stays as it is.
        ask.sent() == null ? 15 : 0);
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
        member.person(),
        new DeviceView.Counts(
            member.standing(),
            Objects.requireNonNullElse(member.reason(), ""),
            Objects.requireNonNullElse(member.replaces(), "")),
        member.ring(),
        words.of("os", device.os()),
        // Windows knows no such word before a command; there a prompt itself has the rights.
        device.os() == OsFamily.WINDOWS ? "" : "sudo ",
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

  private List<Warning> warnings(DeviceDetail detail, Words words) {
    var warnings = new ArrayList<Warning>();
    var contact = detail.contact();
    if (contact.sequence() == 0) {
      warnings.add(said(words.text("device.no-report")));
    }
    if (!contact.supported()) {
      warnings.add(said(words.text("device.not-supported")));
    }
    var forked = contact.forkedAt();
    if (forked != null) {
      warnings.add(said(words.text("device.forked", words.dateTime(forked, fleet.shown()))));
    }
    var cloned = contact.clonedAt();
    if (cloned != null) {
      warnings.add(said(words.text("device.cloned", words.dateTime(cloned, fleet.shown()))));
    }
    for (var turn : detail.turns()) {
      if (!turn.kind().equals("cloned")) {
        warnings.add(
            said(
                words.text(
                    "device.turn." + turn.kind(),
                    words.dateTime(turn.at(), fleet.shown()),
                    turn.from(),
                    turn.sequence())));
      }
    }
    if (contact.lost() > 0) {
      warnings.add(said(words.text("device.lost", contact.lost())));
    }
    for (var note : detail.notes()) {
      var problem = words.named("problem", note.problem());
      var subject = note.subject();
      var text =
          note.kind().equals("gap")
              ? words.text("device.gap", subject == null ? "" : subject, problem)
              : words.text(
                  "device.problem", subject == null ? problem : problem + " (" + subject + ")");
      var next = words.named("next.problem", note.problem());
      warnings.add(new Warning(text, next.equals(note.problem()) ? "" : next));
    }
    return List.copyOf(warnings);
  }

  private static Warning said(String text) {
    return new Warning(text, "");
  }

  /// What the last that was told of it says is in quarantine.
  private List<Held> held(List<DeviceDetail.Step> newestFirst) {
    var seen = new HashSet<String>();
    var held = new ArrayList<Held>();
    for (var step : newestFirst) {
      var moved = step.kind().equals("quarantined");
      if ((moved || step.kind().equals("restored"))
          && seen.add(step.rule() + "\n" + step.identity())
          && moved) {
        held.add(
            new Held(
                step.rule(),
                fleet.name(step.rule()),
                step.identity(),
                step.at(),
                step.at().plus(KEPT)));
      }
    }
    return held;
  }

  private static DeviceView.@Nullable Asked asked(DeviceDetail.@Nullable Rescan rescan) {
    return rescan == null ? null : new DeviceView.Asked(rescan.at(), rescan.by(), rescan.told());
  }

  private static Looked looked(Look look, Words words) {
    return new Looked(look.at(), look.who(), Timeline.roles(look.role(), words));
  }
}
