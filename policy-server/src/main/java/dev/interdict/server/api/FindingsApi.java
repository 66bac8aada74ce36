package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.FindingFilter;
import dev.interdict.server.compliance.FindingRow;
import dev.interdict.server.compliance.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found, device by device. Thread-safe.
final class FindingsApi implements Operations.Resource {
  private static final Schema.Named ROW =
      Schema.named(
          "Finding",
          needs("device", Schema.any()),
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          needs("os", Schema.any()),
          needs("rule", Schema.any()),
          needs("source", Schema.any()),
          needs("identity", Schema.any()),
          may("version", Schema.any()),
          needs("location", Schema.any()),
          needs("strength", Schema.any()),
          needs("running", new Schema.Flag()),
          may("first-seen", Schema.instant()));

  private final Findings findings;
  private final Viewing viewing;
  private final Listing list =
      new Listing(
          "findings",
          ROW,
          List.of(
              Parameter.any("rule", Schema.text(100), "Of this rule."),
              Parameter.any("dept", Schema.text(200), "Of this department."),
              Parameter.any("os", Schema.text(40), "On this operating system."),
              Parameter.any("source", Schema.text(40), "From this inventory source."),
              Parameter.query(
                  "q", Schema.text(200), "Part of a host name, or the start of a device id.")),
          3,
          this::page,
          this::shown);

  FindingsApi(Findings findings, Viewing viewing) {
    this.findings = findings;
    this.viewing = viewing;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(list.page("listFindings", Reach.WITHIN, "What devices found", Role.VIEWER));
  }

  private void shown(Call call, List<Json.Obj> rows, boolean exported) {
    viewing.rows(call, rows, "findings", "device", exported);
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var filter =
        new FindingFilter(
            call.session().scope(),
            call.all("rule"),
            call.all("dept"),
            call.all("os"),
            call.all("source"),
            call.optional("q"));
    return Listing.Page.cut(
        findings.list(filter, cursor(after), size + 1),
        size,
        FindingsApi::json,
        row -> List.of(row.device(), row.rule(), Long.toString(row.n())),
        () -> findings.count(filter));
  }

  private static Findings.@Nullable Cursor cursor(@Nullable List<String> after) {
    try {
      return after == null
          ? null
          : new Findings.Cursor(after.get(0), after.get(1), Long.parseLong(after.get(2)));
    } catch (NumberFormatException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
  }

  private static Json.Obj json(FindingRow row) {
    return Json.object()
        .put("device", row.device())
        .put("host", row.host())
        .put("department", row.department())
        .put("os", row.os())
        .put("rule", row.rule())
        .put("source", row.source())
        .put("identity", row.identity())
        .put("version", row.version())
        .put("location", row.location())
        .put("strength", row.strength())
        .put("running", row.running())
        .put("first-seen", Answers.text(row.firstSeen()))
        .build();
  }
}
