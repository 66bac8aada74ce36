package dev.interdict.server.csv;

import java.util.List;

/// What a CSV file holds from one line on.
public sealed interface CsvRecord {
  /// The line of the file on which it starts, from 1.
  long line();

  /// The values, at least one.
  record Values(long line, List<String> values) implements CsvRecord {
    public Values {
      values = List.copyOf(values);
    }
  }

  /// Something that is no record.
  ///
  /// @param why in words that go on from "line 7: "
  record Bad(long line, String why) implements CsvRecord {}
}
