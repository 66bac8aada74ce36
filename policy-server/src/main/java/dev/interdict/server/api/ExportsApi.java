package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.csv.CsvWriter;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.Database;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Whole lists as files, without a limit on their rows: CSV (RFC 4180, no cell a formula) or JSON
/// Lines. Each is a line in the audit log. Thread-safe.
final class ExportsApi implements Operations.Resource {
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String JSON_LINES = "application/jsonl";
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String LINE = "\r\n";

  /// More that read at once would leave pages no connection of the database to read by. Whoever
  /// only waits for a client to take rows is none of them, so that slow clients hold up nobody.
  private static final int AT_ONCE = 2;

  /// What one account, and all together, may have on their way.
  private static final int OF_ACCOUNT = 2;

  private static final int OF_ALL = 64;

  private final Database database;
  private final Audit audit;
  private final List<Export> exports;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Map<String, Integer> running = new HashMap<>();

  /// @param roles who may have it, of which one is needed
  record Export(Listing list, String id, Reach reach, List<Role> roles) {
    Export {
      roles = List.copyOf(roles);
    }
  }

  ExportsApi(Database database, Audit audit, List<Export> exports) {
    this.database = database;
    this.audit = audit;
    this.exports = List.copyOf(exports);
  }

  @Override
  public List<Operation> operations() {
    return exports.stream().map(this::operation).toList();
  }

  private Operation operation(Export export) {
    var parameters = new ArrayList<>(export.list().filters());
    parameters.add(
        Parameter.query("format", Schema.words("csv", "jsonl"), "The form; csv without."));
    parameters.add(
        Parameter.query(
            "bom",
            new Schema.Flag(),
            "Whether a CSV begins with a byte-order mark, as some spreadsheets want."));
    return Operation.get(
            "/exports/" + export.list().name(),
            export.id(),
            "All " + export.list().name() + " that the filter lets through, as a file")
        .with(parameters)
        .answers(List.of(CSV, JSON_LINES))
        .may(export.roles().toArray(Role[]::new))
        .proved()
        .does(export.reach(), call -> export(export.list(), call));
  }

  private HttpResponse export(Listing list, Call call) {
    var lines = "jsonl".equals(call.optional("format"));
    if (call.request().method().equals("HEAD")) {
      return HttpResponse.of(200, lines ? JSON_LINES : CSV, new byte[0]);
    }
    var account = call.actor();
    if (!begin(account)) {
      return HttpResponse.problem(429, "too-many", "Your exports are running; try again later.")
          .with("Retry-After", "30");
    }
    try {
      // Refused before anything is sent, if the filter is not fit.
      var _ = list.pages().read(call, null, 1);
      database.write(connection ->
          audit.append(
              connection,
              call.actor(),
              "export." + list.name(),
              list.name(),
              Json.object()
                  .put("format", lines ? "jsonl" : "csv")
                  .put("filter", call.request().query())
                  .build()));
    } catch (RuntimeException e) {
      end(account);
      throw e;
    }
    var name = "interdict-" + list.name() + (lines ? ".jsonl" : ".csv");
    return HttpResponse.streamed(
            lines ? JSON_LINES : CSV,
            out -> {
              try {
                if (lines) {
                  list.each(call, turns, row -> write(out, JsonWriter.line(row) + "\n"));
                } else {
                  csv(list, call, out);
                }
              } finally {
                end(account);
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private boolean begin(String account) {
    synchronized (running) {
      var all = running.values().stream().mapToInt(Integer::intValue).sum();
      if (all >= OF_ALL || running.getOrDefault(account, 0) >= OF_ACCOUNT) {
        return false;
      }
      running.merge(account, 1, Integer::sum);
      return true;
    }
  }

  private void end(String account) {
    synchronized (running) {
      running.computeIfPresent(account, (_, n) -> n > 1 ? n - 1 : null);
    }
  }

  private void csv(Listing list, Call call, OutputStream out) throws java.io.IOException {
    write(out, (call.flag("bom") ? BYTE_ORDER_MARK : "") + CsvWriter.record(list.columns()) + LINE);
    list.each(call, turns, row -> write(out, CsvWriter.record(list.values(row)) + LINE));
  }

  private static void write(OutputStream out, String text) throws java.io.IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
