package dev.interdict.server.fleet;

import static dev.interdict.json.Fields.written;

import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.compliance.ContactDay;
import dev.interdict.server.compliance.Shade;
import dev.interdict.server.store.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one accepted report into the rows that pages read: state per rule, findings, actions,
/// notes, counts. What stays as it was is not written. All of it can be made anew from the stored
/// bytes. Used once.
final class Projection {
  private final Writes writes;
  private final StoredDevice device;
  private final Report report;
  private final Instant now;
  private final Rollup rollup;
  private final Shade shade;
  private final RuleRow.Owner owner;
  private final List<RuleEvents.Change> changes = new ArrayList<>();
  private final boolean cloned;

  /// @param writes what is to be written is added to these
  /// @param rollup as is the change to the counts to this
  /// @param cloned whether two machines are taken to have the device's key
  Projection(
      Writes writes,
      Rollup rollup,
      StoredDevice device,
      Report report,
      boolean cloned,
      Instant now) {
    this.writes = writes;
    this.rollup = rollup;
    this.cloned = cloned;
    this.device = device;
    this.report = report;
    this.now = now;
    this.shade = Shade.of(device.counted(), report.coverage().supported());
    this.owner =
        new RuleRow.Owner(report.device().hostName(), device.department(), os(), device.listed());
  }

  /// @param stored the rows of its rules before
  void write(String reportHash, Map<String, RuleRow> stored) {
    var before = new HashMap<>(stored);
    var place = new Rollup.Place(os(), device.department(), shade.word(), device.listed());
    if (!place.equals(device.place()) || hasOtherAgent()) {
      rollup.device(device.place(), device.fine(), -1);
      rollup.device(place, fine(), 1);
    }
    for (var rule : report.rules()) {
      rule(rule, before.remove(rule.rule()));
    }
    for (var gone : before.entrySet()) {
      rollup.rule(gone.getKey(), gone.getValue(), device.fine(), -1);
      forget(gone.getKey());
    }
    tell();
    indexed();
    device(reportHash, notes());
  }

  /// The rules that are not as they were, after [#write].
  List<RuleEvents.Change> changes() {
    return changes;
  }

  /// Writes what no other report tells: actions, what became of notices, answers.
  void tell() {
    actions();
    notices();
    for (var rule : report.rules()) {
      answers(rule);
    }
  }

  private boolean hasOtherAgent() {
    return !report.agentVersion().equals(device.agentVersion());
  }

  private Rollup.Fine fine() {
    return new Rollup.Fine(report.agentVersion(), device.ring());
  }

  private String os() {
    return written(report.device().os());
  }

  private void rule(ReportedRule rule, @Nullable RuleRow before) {
    var after = RuleRow.after(before, rule, shade, owner, cloned, now);
    if (!after.equals(before) || hasOtherAgent()) {
      if (before != null) {
        rollup.rule(rule.rule(), before, device.fine(), -1);
      }
      rollup.rule(rule.rule(), after, fine(), 1);
    }
    if (!after.equals(before)) {
      RuleRows.write(writes, device.id(), rule.rule(), before, after);
      changes.add(new RuleEvents.Change(rule, before, after));
    }
    if (before == null || !before.findingsHash().equals(after.findingsHash())) {
      // Also where there are none, so that no insert is ever added before it.
      deleteFindings(rule.rule());
      findings(rule);
    }
  }

  private void findings(ReportedRule rule) {
    var listed = new HashSet<String>();
    for (var n = 0; n < rule.findings().size(); n++) {
      var finding = rule.findings().get(n);
      var counts = finding.strength() != EvidenceStrength.RESIDUE && listed.add(finding.source());
      writes.add(
          "insert into finding (device_id, rule_id, n, source, identity, version, location, owner,"
              + " strength, running, finding_key, host) values (?,?,?,?,?,?,?,?,?,?,?,?)",
          device.id().value(),
          rule.rule(),
          n,
          finding.source(),
          finding.identity(),
          finding.version(),
          finding.location(),
          finding.owner(),
          written(finding.strength()),
          finding.running() ? 1 : 0,
          finding.key(),
          counts ? owner.host() : null);
    }
  }

  private void deleteFindings(String rule) {
    writes.add(
        "delete from finding where device_id = ? and rule_id = ?", device.id().value(), rule);
  }

  private void forget(String rule) {
    deleteFindings(rule);
    writes.add(
        "delete from rule_state where device_id = ? and rule_id = ?", device.id().value(), rule);
  }

  private void actions() {
    var n = 0;
    for (var rule : report.rules()) {
      for (var action : rule.actions()) {
        writes.add(
            "insert into action (device_id, sequence, n, rule_id, kind, identity, error, at) values"
                + " (?,?,?,?,?,?,?,?)",
            device.id().value(),
            report.sequence(),
            n++,
            rule.rule(),
            written(action.kind()),
            action.identity(),
            action.error() == null ? null : written(action.error()),
            action.at().toEpochMilli());
      }
    }
  }

  private void notices() {
    var n = 0;
    for (var rule : report.rules()) {
      for (var notice : rule.notices()) {
        writes.add(
            "insert into notice (device_id, sequence, n, rule_id, at, phase, channel, outcome,"
                + " person) values (?,?,?,?,?,?,?,?,?)",
            device.id().value(),
            report.sequence(),
            n++,
            rule.rule(),
            notice.at().toEpochMilli(),
            notice.phase(),
            notice.channel(),
            notice.outcome(),
            notice.person());
      }
    }
  }

  /// An answer that was told before may have another end by now.
  private void answers(ReportedRule rule) {
    var last = new LinkedHashMap<String, ReportedAnswer>();
    rule.answers().forEach(answer -> last.put(answer.id(), answer));
    for (var answer : last.values()) {
      writes.add(
          "insert into answer (device_id, rule_id, answer_id, kind, at, until_at, finding, reason,"
              + " person, heard_at, sequence) values (?,?,?,?,?,?,?,?,?,?,?) on conflict"
              + " (device_id, rule_id, answer_id) do update set kind = excluded.kind, at ="
              + " excluded.at, until_at = excluded.until_at, finding = excluded.finding, reason ="
              + " excluded.reason, person = excluded.person, sequence = excluded.sequence",
          device.id().value(),
          rule.rule(),
          answer.id(),
          answer.kind(),
          answer.at().toEpochMilli(),
          millis(answer.until()),
          answer.finding(),
          answer.text(),
          answer.person(),
          now.toEpochMilli(),
          report.sequence());
    }
    if (!rule.answers().isEmpty()) {
      // One report tells so many, and a device that makes up new ones for ever fills nobody's disk.
      writes.add(
          "delete from answer where device_id = ? and rule_id = ? and answer_id not in (select"
              + " answer_id from answer where device_id = ? and rule_id = ? order by heard_at desc,"
              + " at desc, answer_id limit "
              + 2 * ReportJson.MAX_ANSWERS
              + ")",
          device.id().value(),
          rule.rule(),
          device.id().value(),
          rule.rule());
    }
  }

  /// Gaps and problems, rewritten only when they changed; returns their hash.
  private String notes() {
    var notes = report.coverage().gaps().toString() + report.problems();
    var hash = ReportJson.hash(notes.getBytes(StandardCharsets.UTF_8));
    if (hash.equals(device.notesHash())) {
      return hash;
    }
    writes.add("delete from device_note where device_id = ?", device.id().value());
    var n = 0;
    for (var gap : report.coverage().gaps()) {
      note(n++, "gap", written(gap.problem()), gap.source());
    }
    for (var problem : report.problems()) {
      note(n++, "problem", written(problem.problem()), problem.subject());
    }
    return hash;
  }

  private void note(int n, String kind, String problem, @Nullable String subject) {
    writes.add(
        "insert into device_note (device_id, n, kind, problem, subject) values (?,?,?,?,?)",
        device.id().value(),
        n,
        kind,
        problem,
        subject);
  }

  private void device(String reportHash, String notesHash) {
    var facts = report.device();
    var policy = report.policy();
    writes.add(
        "update device set os_version = ?, architecture = ?, vocabulary = ?,"
            + " last_contact = ?, scanned_at = ?, policy_serial = ?, policy_version = ?, sequence ="
            + " ?, report_hash = ?, beat = 0, notes_hash = ?, lost = lost + ? where device_id = ?",
        facts.osVersion(),
        facts.architecture(),
        facts.vocabulary(),
        now.toEpochMilli(),
        millis(report.coverage().scannedAt()),
        policy == null ? null : policy.serial(),
        policy == null ? null : policy.roleVersion(),
        report.sequence(),
        reportHash,
        notesHash,
        report.sequence() - device.sequence() - 1,
        device.id().value());
  }

  /// What indexes know of the device, which hardly ever changes: setting a column costs SQLite its
  /// indexes, whatever the value.
  private void indexed() {
    var host = report.device().hostName();
    var day = ContactDay.of(now);
    var supported = report.coverage().supported();
    if (host.equals(device.host())
        && os().equals(device.os())
        && day == device.contactDay()
        && supported == device.supported()
        && !hasOtherAgent()
        && shade.word().equals(device.shade())) {
      return;
    }
    if (!host.equals(device.host())) {
      // Those that are written anew have it already.
      writes.add(
          "update finding set host = ? where device_id = ? and host <> ?",
          host,
          device.id().value(),
          host);
      NameIndex.move(writes, device.id(), device.host(), host);
    }
    writes.add(
        "update device set host = ?, host_key = ?, os = ?, contact_day = ?, supported = ?, shade ="
            + " ?, agent_version = ? where device_id = ?",
        host,
        HostKey.of(host),
        os(),
        day,
        supported ? 1 : 0,
        shade.word(),
        report.agentVersion(),
        device.id().value());
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }
}
