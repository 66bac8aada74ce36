package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.csv.CsvWriter;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.ocsf.Ocsf;
import dev.interdict.server.query.Asked;
import dev.interdict.server.store.Database;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whole lists as files, without a limit on their rows: CSV (RFC 4180, no cell a formula), JSON
/// Lines, or OCSF. Each is a line in the audit log. Thread-safe.
final class ExportsApi implements Operations.Resource {
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String JSON_LINES = "application/jsonl";
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String LINE = "\r\n";

  private final Database database;
  private final Audit audit;
  private final List<Export> exports;
  private final ExportPlaces places;

  /// @param ocsf the same rows as objects of OCSF; null where they are nothing that OCSF describes
  /// @param roles who may have it, of which one is needed
  record Export(Listing list, @Nullable Listing ocsf, String id, Reach reach, List<Role> roles) {
    Export {
      roles = List.copyOf(roles);
    }
  }

  ExportsApi(Database database, Audit audit, ExportPlaces places, List<Export> exports) {
    this.places = places;
    this.database = database;
    this.audit = audit;
    this.exports = List.copyOf(exports);
  }

  /// One list that every viewer may have, of what they see.
  static ExportsApi toViewers(
      Database database, Audit audit, ExportPlaces places, Listing list, String id) {
    return new ExportsApi(
        database,
        audit,
        places,
        List.of(new Export(list, null, id, Reach.WITHIN, List.of(Role.VIEWER))));
  }

  @Override
  public List<Operation> operations() {
    return exports.stream().map(this::operation).toList();
  }

  private Operation operation(Export export) {
    var parameters = new ArrayList<>(export.list().filters());
    parameters.add(
        Parameter.query(
            "format",
            export.ocsf() == null
                ? Schema.words("csv", "jsonl")
                : Schema.words("csv", "jsonl", "ocsf"),
            "The form; csv without. ocsf is lines of JSON in OCSF " + Ocsf.SCHEMA + "."));
    parameters.add(
        Parameter.any(
            "cols",
            Schema.text(300),
            "Only these columns, in this order, between commas or repeated; not of ocsf."));
    parameters.add(
        Parameter.query(
            "bom",
            new Schema.Flag(),
            "Whether a CSV begins with a byte-order mark, as some spreadsheets want."));
    if (!parameters.contains(Keys.TZ)) {
      parameters.add(Keys.TZ);
    }
    return Operation.get(
            "/exports/" + export.list().name(),
            export.id(),
            "All " + export.list().name() + " that the filter lets through, as a file")
        .with(parameters)
        .answers(List.of(CSV, JSON_LINES))
        .may(export.roles().toArray(Role[]::new))
        .proved()
        .does(export.reach(), call -> export(export, call));
  }

  private HttpResponse export(Export export, Call call) {
    var format = Objects.requireNonNullElse(call.optional("format"), "csv");
    var lines = !format.equals("csv");
    var list =
        format.equals("ocsf") ? Objects.requireNonNull(export.ocsf(), "described") : export.list();
    var columns = call.asked(asked -> asked.columns(export.list().columns()));
    if (format.equals("ocsf") && !call.all("cols").isEmpty()) {
      throw Problem.query("cols: an object of OCSF is whole; leave it out, or take jsonl");
    }
    if (call.request().method().equals("HEAD")) {
      return HttpResponse.of(200, lines ? JSON_LINES : CSV, new byte[0]);
    }
    var account = call.actor();
    if (!places.begin(account)) {
      return ExportPlaces.taken();
    }
    try {
      // Refused before anything is sent, if the filter is not fit.
      call.asked(Asked::zone);
      var _ = list.pages().read(call, null, 1);
      database.write(connection ->
          audit.append(
              connection,
              call.actor(),
              "export." + list.name(),
              list.name(),
              Json.object().put("format", format).put("filter", call.request().query()).build()));
    } catch (RuntimeException e) {
      places.end(account);
      throw e;
    }
    var name = "interdict-" + list.name() + (lines ? ".jsonl" : ".csv");
    return HttpResponse.streamed(
            lines ? JSON_LINES : CSV,
            out -> {
              try {
                if (lines) {
                  var whole = call.all("cols").isEmpty();
                  list.each(
                      call,
                      places.turns(),
                      row -> write(out, JsonWriter.line(whole ? row : only(row, columns)) + "\n"));
                } else {
                  csv(list, columns, call, out);
                }
              } finally {
                places.end(account);
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /// What is asked for of a row, in that order.
  private static Json.Obj only(Json.Obj row, List<String> columns) {
    var json = Json.object();
    columns.forEach(column -> json.put(column, row.get(column)));
    return json.build();
  }

  private void csv(Listing list, List<String> columns, Call call, OutputStream out)
      throws java.io.IOException {
    var zone = call.asked(Asked::zone);
    write(out, (call.flag("bom") ? BYTE_ORDER_MARK : "") + CsvWriter.record(columns) + LINE);
    list.each(
        call,
        places.turns(),
        row -> write(out, CsvWriter.record(list.values(row, columns, zone)) + LINE));
  }

  private static void write(OutputStream out, String text) throws java.io.IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
