package dev.interdict.server.fleetsim;

import static dev.interdict.json.Fields.written;

import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.ContactDay;
import dev.interdict.server.compliance.NameEnds;
import dev.interdict.server.compliance.Shade;
import dev.interdict.server.fleet.EnrolmentToken;
import dev.interdict.server.fleet.HostKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts machines into a database as if each had enrolled and reported once, without asking the
/// server: a million in minutes. What it writes is what the server writes, but for the audit log
/// and the uses of tokens; a test compares the two row by row.
final class BulkLoad {
  private final Company company;
  private final Keys keys;
  private final Roster roster;
  private final Wording wording;
  private final List<EnrolmentToken> tokens;
  private final IntFunction<Instant> when;

  /// @param tokens one for each of the company's departments
  /// @param when a machine enrolled and reported
  BulkLoad(
      Company company,
      Hours hours,
      Keys keys,
      Roster roster,
      List<EnrolmentToken> tokens,
      IntFunction<Instant> when) {
    this.company = company;
    this.keys = keys;
    this.roster = roster;
    this.wording = new Wording(company, hours);
    this.tokens = List.copyOf(tokens);
    this.when = when;
  }

  private record Cell(
      String rule, String source, String shade, String state, String os, String department) {}

  /// @param cell without a source
  private record Fine(String version, String ring, Cell cell) {}

  /// Writes some machines in one transaction. Fastest in the order of their ids.
  Integer write(Connection connection, int[] machines) throws SQLException {
    var cells = new HashMap<Cell, Long>();
    var fine = new HashMap<Fine, Long>();
    try (var tables = new Tables(connection)) {
      for (var machine : machines) {
        one(tables, machine, cells, fine);
      }
    }
    counts(connection, cells);
    fine(connection, fine);
    return machines.length;
  }

  private void one(Tables tables, int machine, Map<Cell, Long> cells, Map<Fine, Long> fine)
      throws SQLException {
    var at = when.apply(machine);
    roster.enrol(machine);
    roster.compose(machine, at);
    var link =
        new Wording.Link(
            keys.id(machine), 1, null, roster.taken(machine), company.begins().minusMillis(1), at);
    var report = wording.report(machine, link);
    var body = ReportJson.write(report);
    var hash = ReportJson.hash(body);
    roster.take(machine, hash);
    var token = tokens.get(company.department(machine));
    tables.report(report, body, hash, at);
    tables.device(report, keys.hex(machine), token, hash, at);
    var id = report.device().id().value();
    var os = written(report.device().os());
    var department = token.placement().department();
    var shade = Shade.of(true, report.coverage().supported());
    var itself = new Cell("", "", shade.word(), "", os, department);
    cells.merge(itself, 1L, Long::sum);
    var ring = token.placement().ring();
    fine.merge(new Fine(report.agentVersion(), ring, itself), 1L, Long::sum);
    for (var rule : report.rules()) {
      var until = rule.exemptUntil();
      var over = shade.ofRule(until != null && until.isAfter(at)).word();
      var sources =
          rule.findings().stream()
              .filter(one -> one.strength() != EvidenceStrength.RESIDUE)
              .map(ReportedFinding::source)
              .collect(Collectors.toCollection(TreeSet::new));
      tables.rule(report, department, rule, at, over, String.join("\n", sources));
      var plain = new Cell(rule.rule(), "", over, written(rule.state()), os, department);
      fine.merge(new Fine(report.agentVersion(), ring, plain), 1L, Long::sum);
      sources.add("");
      for (var source : sources) {
        var cell = new Cell(rule.rule(), source, over, written(rule.state()), os, department);
        cells.merge(cell, 1L, Long::sum);
      }
    }
  }

  private static void fine(Connection connection, Map<Fine, Long> fine) throws SQLException {
    var key = "rule_id,version,ring,shade,listed,state,os,department";
    try (var rows =
        new Rows(
            connection,
            "fine_rollup",
            key + ",n",
            " on conflict (" + key + ") do update set n = fine_rollup.n + excluded.n")) {
      for (var each : fine.entrySet()) {
        var cell = each.getKey().cell();
        rows.add(
            cell.rule(),
            each.getKey().version(),
            each.getKey().ring(),
            cell.shade(),
            0,
            cell.state(),
            cell.os(),
            cell.department(),
            each.getValue());
      }
    }
  }

  private static void counts(Connection connection, Map<Cell, Long> cells) throws SQLException {
    try (var fleet =
            new Rows(
                connection,
                "fleet_rollup",
                "os,department,shade,listed,n",
                " on conflict (os, department, shade, listed) do update set n = fleet_rollup.n +"
                    + " excluded.n");
        var rules =
            new Rows(
                connection,
                "rule_rollup",
                "rule_id,source,shade,listed,state,os,department,n",
                " on conflict (rule_id, source, shade, listed, state, os, department) do update set"
                    + " n = rule_rollup.n + excluded.n")) {
      for (var cell : cells.entrySet()) {
        var key = cell.getKey();
        var n = cell.getValue();
        if (key.rule().isEmpty()) {
          fleet.add(key.os(), key.department(), key.shade(), 0, n);
        } else {
          rules.add(
              key.rule(), key.source(), key.shade(), 0, key.state(), key.os(), key.department(), n);
        }
      }
    }
  }

  /// The tables that a first report fills.
  private static final class Tables implements AutoCloseable {
    private final Rows device;
    private final Rows name;
    private final Rows report;
    private final Rows state;
    private final Rows finding;
    private final Rows action;
    private final Rows notice;
    private final Rows answer;
    private final Rows note;

    Tables(Connection connection) throws SQLException {
      device =
          new Rows(
              connection,
              "device",
              "device_id,public_key,enrolled_at,token_id,department,ring,tags,group_names,host,"
                  + "host_key,os,os_version,architecture,agent_version,last_contact,contact_day,"
                  + "scanned_at,supported,vocabulary,policy_serial,policy_version,sequence,"
                  + "report_hash,notes_hash,lost,shade",
              "");
      name = new Rows(connection, "name_end", "ending,device", " on conflict do nothing");
      report =
          new Rows(
              connection,
              "report",
              "device_id,sequence,received_at,hash,body,retention,cloned",
              "");
      state =
          new Rows(
              connection,
              "rule_state",
              "device_id,rule_id,state,presence,due_at,exempt_until,since,first_seen,error,"
                  + "error_identity,failing_since,"
                  + "failed_at,failing_error,failing_identity,shade,listed,host,department,os,sources,findings_hash",
              "");
      finding =
          new Rows(
              connection,
              "finding",
              "device_id,rule_id,n,source,identity,version,location,owner,strength,running,"
                  + "finding_key,host",
              "");
      action =
          new Rows(connection, "action", "device_id,sequence,n,rule_id,kind,identity,error,at", "");
      notice =
          new Rows(
              connection,
              "notice",
              "device_id,sequence,n,rule_id,at,phase,channel,outcome,person",
              "");
      answer =
          new Rows(
              connection,
              "answer",
              "device_id,rule_id,answer_id,kind,at,until_at,finding,reason,person,heard_at,sequence",
              "");
      note = new Rows(connection, "device_note", "device_id,n,kind,problem,subject", "");
    }

    void device(Report told, String key, EnrolmentToken token, String hash, Instant at)
        throws SQLException {
      var facts = told.device();
      var placement = token.placement();
      var policy = told.policy();
      var notes = told.coverage().gaps().toString() + told.problems();
      device.add(
          facts.id().value(),
          key,
          at.toEpochMilli(),
          token.id(),
          placement.department(),
          placement.ring(),
          "",
          "",
          facts.hostName(),
          HostKey.of(facts.hostName()),
          written(facts.os()),
          facts.osVersion(),
          facts.architecture(),
          told.agentVersion(),
          at.toEpochMilli(),
          ContactDay.of(at),
          millis(told.coverage().scannedAt()),
          told.coverage().supported() ? 1 : 0,
          facts.vocabulary(),
          policy == null ? null : policy.serial(),
          policy == null ? null : policy.roleVersion(),
          1L,
          hash,
          ReportJson.hash(notes.getBytes(StandardCharsets.UTF_8)),
          0L,
          Shade.of(true, told.coverage().supported()).word());
      for (var end : NameEnds.of(facts.hostName())) {
        name.add(end, facts.id().value().substring(0, NameEnds.START));
      }
    }

    void report(Report told, byte[] body, String hash, Instant at) throws SQLException {
      var id = told.device().id().value();
      // What tells of what was done or said is kept for longer.
      var evidence =
          told.rules().stream()
              .anyMatch(rule ->
                  rule.state() == RuleState.FAILED
                      || !rule.actions().isEmpty()
                      || !rule.notices().isEmpty()
                      || !rule.answers().isEmpty());
      report.add(
          id,
          1L,
          at.toEpochMilli(),
          hash,
          new String(body, StandardCharsets.UTF_8),
          evidence ? 1 : 0,
          0);
      var actions = 0;
      var notices = 0;
      for (var rule : told.rules()) {
        for (var one : rule.actions()) {
          var error = one.error() == null ? null : written(one.error());
          action.add(
              id,
              1L,
              actions++,
              rule.rule(),
              written(one.kind()),
              one.identity(),
              error,
              one.at().toEpochMilli());
        }
        for (var one : rule.notices()) {
          notice.add(
              id,
              1L,
              notices++,
              rule.rule(),
              one.at().toEpochMilli(),
              one.phase(),
              one.channel(),
              one.outcome(),
              one.person());
        }
        for (var one : rule.answers()) {
          answer.add(
              id,
              rule.rule(),
              one.id(),
              one.kind(),
              one.at().toEpochMilli(),
              millis(one.until()),
              one.finding(),
              one.text(),
              one.person(),
              at.toEpochMilli(),
              1L);
        }
      }
      var notes = 0;
      for (var gap : told.coverage().gaps()) {
        note.add(id, notes++, "gap", written(gap.problem()), gap.source());
      }
    }

    void rule(
        Report report,
        String department,
        ReportedRule rule,
        Instant at,
        String shade,
        String sources)
        throws SQLException {
      var id = report.device().id().value();
      var host = report.device().hostName();
      var failure =
          rule.state() == dev.interdict.report.RuleState.FAILED
              ? rule.actions().stream()
                  .filter(one -> one.error() != null)
                  .reduce((_, later) -> later)
                  .orElse(null)
              : null;
      var error = failure == null ? null : failure.error();
      var failed = rule.state() == RuleState.FAILED ? Long.valueOf(at.toEpochMilli()) : null;
      state.add(
          id,
          rule.rule(),
          written(rule.state()),
          rule.presence() == null ? null : written(rule.presence()),
          millis(rule.date()),
          millis(rule.exemptUntil()),
          at.toEpochMilli(),
          rule.state().hasIt() ? Long.valueOf(at.toEpochMilli()) : null,
          error == null ? null : written(error),
          failure == null ? null : failure.identity(),
          failed,
          failed,
          failed == null || error == null ? null : written(error),
          failed == null || failure == null ? null : failure.identity(),
          shade,
          0,
          host,
          department,
          written(report.device().os()),
          sources,
          ReportJson.hash(rule.findings().toString().getBytes(StandardCharsets.UTF_8)));
      var named = new HashSet<String>();
      for (var n = 0; n < rule.findings().size(); n++) {
        var one = rule.findings().get(n);
        var first = one.strength() != EvidenceStrength.RESIDUE && named.add(one.source());
        finding.add(
            id,
            rule.rule(),
            n,
            one.source(),
            one.identity(),
            one.version(),
            one.location(),
            one.owner(),
            written(one.strength()),
            one.running() ? 1 : 0,
            one.key(),
            first ? host : null);
      }
    }

    private static @Nullable Long millis(@Nullable Instant at) {
      return at == null ? null : at.toEpochMilli();
    }

    @Override
    public void close() throws SQLException {
      for (var rows : List.of(device, name, report, state, finding, action, notice, answer, note)) {
        rows.close();
      }
    }
  }
}
