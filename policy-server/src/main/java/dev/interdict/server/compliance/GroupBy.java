package dev.interdict.server.compliance;

import java.util.List;
import java.util.function.Function;

/// What counts are told apart by.
enum GroupBy {
  NOTHING("''", row -> List.of("")),
  DEPARTMENT("department", row -> List.of(row.cell().department())),
  OS("os", row -> List.of(row.cell().os())),
  /// An operating system, a slash, and a department: the finest there is.
  CELL("os || '/' || department", row -> List.of(row.cell().os() + "/" + row.cell().department())),
  /// The same within each ring: ring and cell, with a tab between, which no name has.
  RINGED_CELL(
      "ring || '\t' || os || '/' || department",
      row -> List.of(row.ring() + "\t" + row.cell().os() + "/" + row.cell().department())),
  /// Into which devices were put.
  RING("ring", row -> List.of(row.ring())),
  /// Of the agent; empty of a device that never reported.
  VERSION("version", row -> List.of(row.version())),
  /// Devices that have it by more than one source count for each.
  SOURCE("source", Moved.Row::sources);

  private final String sql;
  private final Function<Moved.Row, List<String>> of;

  GroupBy(String sql, Function<Moved.Row, List<String>> of) {
    this.sql = sql;
    this.of = of;
  }

  /// The column, or what is made of columns, in SQL.
  String sql() {
    return sql;
  }

  /// The groups that a device is of.
  List<String> of(Moved.Row row) {
    return of.apply(row);
  }
}
