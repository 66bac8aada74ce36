package dev.interdict.server.web.pages;

import dev.interdict.json.Fields;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceEvidence.Composed;
import dev.interdict.server.web.pages.DeviceView.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody who supports a device needs to know of it, as lines of text to be copied into a
/// ticket: what the server knows and nothing that it guesses. It names no person, for a ticket is
/// read by people who may not see the page. Used once.
final class Diagnostics {
  /// Beyond it the time of a device is told to be off; below, the way of a report explains it.
  private static final Duration OFF = Duration.ofMinutes(2);

  private final Fleet fleet;
  private final Words words;
  private final List<String> lines = new ArrayList<>();

  Diagnostics(Fleet fleet, Words words) {
    this.fleet = fleet;
    this.words = words;
  }

  String text(DeviceDetail detail, Facts facts, @Nullable Composed composed) {
    var contact = detail.contact();
    lines.add(words.text("device.diagnostics.of", fleet.now().toString()));
    line("device.id", facts.id());
    line("device.diagnostics.host", facts.host());
    line(
        "overview.os", facts.os() + " " + facts.osVersion() + " " + detail.device().architecture());
    line("devices.agent", facts.agent());
    line("overview.department", facts.department());
    line("rule.ring", facts.ring());
    line("device.diagnostics.standing", facts.standing().word());
    line("device.policy", policy(facts));
    line("devices.contact", time(contact.last()));
    line("device.scanned", time(contact.scannedAt()));
    line("device.enrolled", time(facts.contact().enrolled()));
    line("device.diagnostics.reports", reports(contact));
    line("device.diagnostics.hash", contact.report());
    line("device.diagnostics.clock", clock(composed));
    line("device.diagnostics.error", error(detail));
    for (var note : detail.notes()) {
      var subject = note.subject();
      line(
          note.kind().equals("gap") ? "device.diagnostics.gap" : "device.diagnostics.problem",
          subject == null ? note.problem() : note.problem() + " (" + subject + ")");
    }
    for (var turn : detail.turns()) {
      line("device.diagnostics.turn", turn.kind() + " " + time(turn.at()));
    }
    detail.rules().forEach(this::rule);
    return String.join("\n", lines);
  }

  private void rule(DeviceDetail.Rule rule) {
    var error = rule.error();
    line(
        "filter.rule",
        rule.rule()
            + ": "
            + Fields.written(rule.reported())
            + ", "
            + words.text("device.since")
            + " "
            + time(rule.since())
            + (error == null ? "" : ", " + error));
  }

  /// What is not known says so: a ticket shall not leave open whether somebody forgot it.
  private void line(String key, @Nullable String value) {
    lines.add(
        words.text(
            "device.diagnostics.line",
            words.text(key),
            value == null || value.isBlank() ? words.text("device.diagnostics.unknown") : value));
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private @Nullable String policy(Facts facts) {
    var serial = facts.serial();
    var behind = facts.behind();
    if (serial == null) {
      return null;
    }
    return behind == null || behind <= 0
        ? String.valueOf(serial)
        : serial + " (" + words.text("device.behind", behind) + ")";
  }

  private String reports(DeviceDetail.Contact contact) {
    return words.text("device.diagnostics.number", contact.sequence(), contact.lost());
  }

  /// How the device's time stands to this server's. A report that came late may have waited for a
  /// network, so that only one from the future proves anything.
  private @Nullable String clock(@Nullable Composed composed) {
    if (composed == null) {
      return null;
    }
    var late = Duration.between(composed.at(), composed.received());
    var key =
        late.abs().compareTo(OFF) <= 0
            ? "device.diagnostics.clock.near"
            : late.isNegative()
                ? "device.diagnostics.clock.ahead"
                : "device.diagnostics.clock.behind";
    return words.text(
        key, composed.at().toString(), composed.received().toString(), late.abs().toSeconds());
  }

  private static @Nullable String error(DeviceDetail detail) {
    return detail.steps().stream()
        .filter(step -> step.error() != null)
        .max(Comparator.comparing(DeviceDetail.Step::at))
        .map(step ->
            step.error()
                + ", "
                + step.kind()
                + " "
                + step.identity()
                + ", "
                + step.rule()
                + ", "
                + step.at())
        .orElse(null);
  }
}
