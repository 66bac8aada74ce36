package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table `rule_state`: a row a device and rule.
final class RuleRows {
  private static final String COLUMNS = Column.joined("%s");

  private static final String WRITE =
      "insert into rule_state (device_id, rule_id, "
          + COLUMNS
          + ") values (?, ?, "
          + Column.joined("?")
          + ") on conflict (device_id, rule_id) do update set "
          + Column.joined("%1$s = excluded.%1$s");

  private RuleRows() {}

  /// The columns after those of the key, in the order in which they are read and written.
  private enum Column {
    STATE(RuleRow::state),
    PRESENCE(RuleRow::presence),
    DUE_AT(RuleRow::dueAt),
    EXEMPT_UNTIL(RuleRow::exemptUntil),
    SINCE(RuleRow::since),
    FIRST_SEEN(RuleRow::firstSeen),
    ERROR(RuleRow::error),
    ERROR_IDENTITY(RuleRow::errorIdentity),
    FAILING_SINCE(row -> row.failing().since()),
    FAILED_AT(row -> row.failing().at()),
    FAILING_ERROR(row -> row.failing().error()),
    FAILING_IDENTITY(row -> row.failing().identity()),
    SHADE(RuleRow::shade),
    LISTED(row -> row.owner().listed() ? 1 : 0),
    HOST(row -> row.owner().host()),
    DEPARTMENT(row -> row.owner().department()),
    OS(row -> row.owner().os()),
    SOURCES(RuleRow::sources),
    FINDINGS_HASH(RuleRow::findingsHash);

    private static final Column[] ALL = values();

    private final Function<RuleRow, @Nullable Object> value;

    Column(Function<RuleRow, @Nullable Object> value) {
      this.value = value;
    }

    static String joined(String format) {
      return Arrays.stream(ALL)
          .map(column -> format.formatted(column.name().toLowerCase(Locale.ROOT)))
          .collect(Collectors.joining(", "));
    }
  }

  /// The rows of devices, by device and rule.
  static Map<DeviceId, Map<String, RuleRow>> of(Connection connection, List<DeviceId> devices)
      throws SQLException {
    var rows = new HashMap<DeviceId, Map<String, RuleRow>>();
    Among.list(
        connection,
        "select device_id, rule_id, "
            + COLUMNS
            + " from rule_state where device_id in "
            + Among.MARKS,
        devices,
        row ->
            rows.computeIfAbsent(new DeviceId(row.getString(1)), _ -> new HashMap<>())
                .put(row.getString(2), read(row)));
    return rows;
  }

  /// The rows of a device, by rule.
  static Map<String, RuleRow> of(Connection connection, DeviceId device) throws SQLException {
    return of(connection, List.of(device)).getOrDefault(device, new HashMap<>());
  }

  private static RuleRow read(ResultSet row) throws SQLException {
    return new RuleRow(
        row.getString(at(Column.STATE)),
        row.getString(at(Column.PRESENCE)),
        Sql.nullableLong(row, at(Column.DUE_AT)),
        Sql.nullableLong(row, at(Column.EXEMPT_UNTIL)),
        row.getLong(at(Column.SINCE)),
        Sql.nullableLong(row, at(Column.FIRST_SEEN)),
        row.getString(at(Column.ERROR)),
        row.getString(at(Column.ERROR_IDENTITY)),
        new Failing(
            Sql.nullableLong(row, at(Column.FAILING_SINCE)),
            Sql.nullableLong(row, at(Column.FAILED_AT)),
            row.getString(at(Column.FAILING_ERROR)),
            row.getString(at(Column.FAILING_IDENTITY))),
        row.getString(at(Column.SHADE)),
        new RuleRow.Owner(
            row.getString(at(Column.HOST)),
            row.getString(at(Column.DEPARTMENT)),
            row.getString(at(Column.OS)),
            row.getInt(at(Column.LISTED)) == 1),
        row.getString(at(Column.SOURCES)),
        row.getString(at(Column.FINDINGS_HASH)));
  }

  /// Its place in a row that begins with the two columns of the key.
  private static int at(Column column) {
    return 3 + column.ordinal();
  }

  /// Adds what makes `after` of `before`.
  static void write(
      Writes writes, DeviceId device, String rule, @Nullable RuleRow before, RuleRow after) {
    if (before != null && after.withFindings(before.findingsHash()).equals(before)) {
      // No index knows of it.
      writes.add(
          "update rule_state set findings_hash = ? where device_id = ? and rule_id = ?",
          after.findingsHash(),
          device.value(),
          rule);
      return;
    }
    var values = new @Nullable Object[2 + Column.ALL.length];
    values[0] = device.value();
    values[1] = rule;
    for (var column : Column.ALL) {
      values[at(column) - 1] = column.value.apply(after);
    }
    writes.add(WRITE, values);
  }
}
