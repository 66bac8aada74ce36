package dev.interdict.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An MSI's tables, as msiinfo tells them.
record Msi(Path file, Path log) {
  /// A table's rows, their columns by name.
  List<Row<String>> table(String name) throws IOException, InterruptedException {
    var told = Running.of(log, Map.of(), List.of("msiinfo", "export", file.toString(), name));
    if (told.code() != 0) {
      throw new IOException("no table " + name + ": " + told.out());
    }
    var lines = told.out().lines().map(line -> line.split("\t", -1)).toList();
    var columns = lines.getFirst();
    return lines.stream()
        .skip(3)
        .map(fields -> {
          var row = new HashMap<String, String>();
          for (var i = 0; i < columns.length; i++) {
            row.put(columns[i], fields[i]);
          }
          return new Row<>(row);
        })
        .toList();
  }

  /// Two columns of a table, the first of them its key.
  Row<String> pairs(String table, String key, String value)
      throws IOException, InterruptedException {
    return new Row<>(
        table(table).stream()
            .collect(Collectors.toMap(row -> row.get(key), row -> row.get(value))));
  }

  String property(String name) throws IOException, InterruptedException {
    return pairs("Property", "Property", "Value").get(name);
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }
}
