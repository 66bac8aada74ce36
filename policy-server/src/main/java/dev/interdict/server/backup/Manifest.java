package dev.interdict.server.backup;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a backup holds. Written last: a backup without it is not whole.
///
/// @param made when the rows were as they are here
/// @param schema the version of the tables
/// @param tables the rows, a file a table
/// @param files everything else
public record Manifest(Instant made, String schema, List<Table> tables, List<File> files) {
  /// The file that marks a backup as whole.
  public static final String NAME = "manifest.json";

  static final int MOST_BYTES = 4 << 20;

  private static final long FORMAT = 1;
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[A-Za-z0-9_-][A-Za-z0-9_.~-]{0,200}/){0,6}[A-Za-z0-9_-][A-Za-z0-9_.~-]{0,200}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 4 << 10, 500_000, false);

  /// A table's rows.
  public record Table(String name, long rows, String sha256) {
    String path() {
      return "tables/" + name + ".jsonl.gz";
    }
  }

  /// A file as it lies in the backup.
  ///
  /// @param path below the backup's folder, with slashes
  public record File(String path, String sha256) {}

  public Manifest {
    tables = List.copyOf(tables);
    files = List.copyOf(files);
  }

  byte[] write() {
    return JsonWriter.pretty(
        Json.object()
            .put("format", FORMAT)
            .put("made", made.toString())
            .put("schema", schema)
            .put(
                "tables",
                tables.stream()
                    .map(each ->
                        Json.object()
                            .put("name", each.name())
                            .put("rows", each.rows())
                            .put("sha256", each.sha256())
                            .build())
                    .toList())
            .put(
                "files",
                files.stream()
                    .map(each ->
                        Json.object().put("path", each.path()).put("sha256", each.sha256()).build())
                    .toList())
            .build());
  }

  /// @throws JsonException if it is none that this version reads
  static Manifest read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    fields.integer("format", FORMAT, FORMAT);
    var made = fields.parsed("made", Instant::parse, Instant.EPOCH);
    var schema = fields.parsed("schema", text -> matched(VERSION, text), "0");
    var tables =
        fields.list(
            "tables",
            (item, at) -> {
              var each = Fields.of(item, at, faults);
              var table =
                  new Table(
                      each.parsed("name", text -> matched(TABLE, text), ""),
                      each.integer("rows", 0, 1L << 53),
                      each.parsed("sha256", text -> matched(SHA256, text), ""));
              each.end();
              return table;
            });
    var files =
        fields.list(
            "files",
            (item, at) -> {
              var each = Fields.of(item, at, faults);
              var file =
                  new File(
                      each.parsed("path", text -> matched(PATH, text), ""),
                      each.parsed("sha256", text -> matched(SHA256, text), ""));
              each.end();
              return file;
            });
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    return new Manifest(made, schema, tables, files);
  }

  private static String matched(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is none");
    }
    return text;
  }
}
