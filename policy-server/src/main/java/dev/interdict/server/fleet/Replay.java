package dev.interdict.server.fleet;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.server.store.Rows;
import dev.interdict.server.store.Scratch;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a device's rows anew on a scratch database: from what its pruned reports came to, by the
/// stored ones in their order and the doubts between them, through the same [Projection] that took
/// them. Used by one thread.
final class Replay implements AutoCloseable {
  /// What a device's own row has of its reports.
  static final List<String> DEVICE =
      List.of(
          "host",
          "host_key",
          "os",
          "os_version",
          "architecture",
          "vocabulary",
          "agent_version",
          "scanned_at",
          "supported",
          "policy_serial",
          "policy_version",
          "sequence",
          "report_hash",
          "notes_hash",
          "lost");

  /// What stays of an action, a notice or an answer when its report is gone.
  static final List<String> TABLES =
      List.of("rule_state", "finding", "device_note", "action", "notice", "answer");

  private static final JsonLimits BASE = new JsonLimits(16 << 20, 8, 8 << 10, 500_000, false);

  private final Scratch scratch = Scratch.open();

  /// A report as it is stored.
  private record Stored(long sequence, Instant at, String hash, byte[] body, boolean cloned) {}

  /// Where the connection is on which the rows stand.
  Connection made() {
    return scratch.connection();
  }

  /// Makes the rows of `device` by the reports and doubts of `from`.
  ///
  /// @param until the last report to go by
  /// @return the sequence of the base that it began with, 0 where there is none
  /// @throws JsonException if a stored report cannot be read
  long make(Connection from, DeviceId device, long until) throws SQLException, JsonException {
    var to = scratch.connection();
    clear(to);
    var base = base(from, device);
    begin(from, to, device, base);
    for (var sequence : sequences(from, device, until)) {
      var stored = Objects.requireNonNull(stored(from, device, sequence));
      var report = ReportJson.read(stored.body());
      if (sequence > base.sequence()) {
        take(to, device, stored, report);
        doubt(from, to, device, sequence);
      } else {
        // Its part in the present is in the base; what it alone told is told again.
        tell(to, device, stored, report);
      }
    }
    return base.sequence();
  }

  private static void clear(Connection to) throws SQLException {
    for (var table : TABLES) {
      Sql.update(to, "delete from " + table);
    }
    Sql.update(to, "delete from device");
    Sql.update(to, "delete from doubt");
  }

  private static void begin(Connection from, Connection to, DeviceId device, Base base)
      throws SQLException {
    var row =
        Rows.read(
                from,
                List.of("device_id"),
                "select * from device where device_id = ?",
                device.value())
            .get(device.value());
    if (row == null) {
      throw new SQLException("no device " + device);
    }
    row.put("sequence", base.sequence());
    row.put("lost", base.lost());
    row.put("report_hash", null);
    row.put("notes_hash", null);
    // It counts for nothing here.
    row.put("standing", "replayed");
    Rows.insert(to, "device", row);
    var writes = new Writes();
    for (var rule : base.rules().entrySet()) {
      RuleRows.write(writes, device, rule.getKey(), null, rule.getValue());
    }
    writes.run(to);
  }

  private static List<Long> sequences(Connection from, DeviceId device, long until)
      throws SQLException {
    return Sql.list(
        from,
        "select sequence from report where device_id = ? and sequence <= ? order by sequence",
        row -> row.getLong(1),
        device.value(),
        until);
  }

  private static @Nullable Stored stored(Connection from, DeviceId device, long sequence)
      throws SQLException {
    return Sql.first(
        from,
        "select * from report where device_id = ? and sequence = ?",
        row ->
            new Stored(
                sequence,
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getString("hash"),
                row.getString("body").getBytes(StandardCharsets.UTF_8),
                row.getInt("cloned") == 1),
        device.value(),
        sequence);
  }

  private static void take(Connection to, DeviceId device, Stored stored, Report report)
      throws SQLException {
    var row = Objects.requireNonNull(StoredDevice.find(to, device));
    var writes = new Writes();
    var rollup = new Rollup();
    new Projection(writes, rollup, row, report, stored.cloned(), stored.at())
        .write(stored.hash(), RuleRows.of(to, device));
    rollup.write(writes);
    writes.run(to);
  }

  private static void tell(Connection to, DeviceId device, Stored stored, Report report)
      throws SQLException {
    var row = Objects.requireNonNull(StoredDevice.find(to, device));
    var writes = new Writes();
    new Projection(writes, new Rollup(), row, report, stored.cloned(), stored.at()).tell();
    writes.run(to);
  }

  private static void doubt(Connection from, Connection to, DeviceId device, long sequence)
      throws SQLException {
    var at =
        Sql.first(
            from,
            "select at from doubt where device_id = ? and sequence = ?",
            row -> row.getLong(1),
            device.value(),
            sequence);
    if (at != null) {
      var row = Objects.requireNonNull(StoredDevice.find(to, device));
      Doubt.cast(to, row, Instant.ofEpochMilli(at));
    }
  }

  /// What a device's reports came to up to one of them.
  private record Base(long sequence, long lost, Map<String, RuleRow> rules) {}

  private static Base base(Connection from, DeviceId device) throws SQLException, JsonException {
    var row =
        Sql.first(
            from,
            "select sequence, lost, rules from report_base where device_id = ?",
            found ->
                Map.entry(
                    found.getString(3), new Base(found.getLong(1), found.getLong(2), Map.of())),
            device.value());
    if (row == null) {
      return new Base(0, 0, Map.of());
    }
    var text = row.getKey().getBytes(StandardCharsets.UTF_8);
    var faults = new ArrayList<Fault>();
    var all = Fields.of(JsonReader.read(text, BASE), faults);
    var rules = new HashMap<String, RuleRow>();
    for (var rule : List.copyOf(all.names())) {
      // The findings are not in the base, so the next report has to tell them, changed or not.
      rules.put(rule, RuleRowJson.read(all.object(rule)).withFindings(""));
    }
    if (!faults.isEmpty()) {
      throw new JsonException("the base of " + device + ": " + faults.getFirst());
    }
    return new Base(row.getValue().sequence(), row.getValue().lost(), rules);
  }

  /// Keeps in `into` what was made, in place of the reports that it was made of.
  void keepAsBase(Connection into, DeviceId device) throws SQLException {
    var made = Objects.requireNonNull(StoredDevice.find(made(), device));
    var lost =
        Sql.first(
            made(),
            "select lost from device where device_id = ?",
            row -> row.getLong(1),
            device.value());
    var rules = Json.object();
    for (var rule : RuleRows.of(made(), device).entrySet()) {
      rules.put(rule.getKey(), RuleRowJson.json(rule.getValue()));
    }
    Sql.update(
        into,
        "insert into report_base (device_id, sequence, lost, rules) values (?,?,?,?) on conflict"
            + " (device_id) do update set sequence = excluded.sequence, lost = excluded.lost, rules"
            + " = excluded.rules",
        device.value(),
        made.sequence(),
        lost,
        new String(JsonWriter.compact(rules.build()), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    scratch.close();
  }
}
