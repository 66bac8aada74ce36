package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.FindingFilter;
import dev.interdict.server.compliance.FindingRow;
import dev.interdict.server.compliance.Findings;
import dev.interdict.server.ocsf.Ocsf;
import java.util.List;
import java.util.function.Function;
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
  private static final List<Parameter> FILTERS =
      List.of(
          Keys.RULES,
          Keys.DEPT,
          Keys.OS,
          Keys.RING,
          Keys.DETECTOR,
          Keys.PERSON,
          Keys.Q,
          Keys.sort("device, which is usual, or -device; an index has no other order."));

  FindingsApi(Findings findings, Viewing viewing) {
    this.findings = findings;
    this.viewing = viewing;
  }

  Listing list() {
    return listing(FindingsApi::json, this::shown);
  }

  /// The same rows as objects of OCSF.
  Listing ocsf(Ocsf ocsf) {
    return listing(
        row ->
            ocsf.installed(
                row.device(),
                row.host(),
                row.os(),
                row.rule(),
                row.identity(),
                row.version(),
                row.heard()),
        (call, rows, sought, exported) ->
            viewing.rows(call, rows, "findings", Viewing.BY_OCSF, sought, exported));
  }

  private Listing listing(Function<FindingRow, Json.Obj> json, Listing.Shown shown) {
    return new Listing(
        "findings",
        ROW,
        FILTERS,
        3,
        (call, after, size) -> page(filter(call), after, size, json),
        shown);
  }

  /// The findings of one device.
  ///
  /// @param device the id of one that may be seen
  Listing ofDevice(Function<Call, String> device) {
    return new Listing(
        "findings",
        ROW,
        List.of(Keys.RULES),
        3,
        (call, after, size) ->
            page(
                call.asked(
                    asked -> FindingFilter.read(call.session().scope(), device.apply(call), asked)),
                after,
                size,
                FindingsApi::json));
  }

  @Override
  public List<Operation> operations() {
    return List.of(list().page("listFindings", Reach.WITHIN, "What devices found", Role.VIEWER));
  }

  private void shown(Call call, List<Json.Obj> rows, boolean sought, boolean exported) {
    viewing.rows(call, rows, "findings", "device", sought, exported);
  }

  private static FindingFilter filter(Call call) {
    return call.asked(asked -> FindingFilter.read(call.session().scope(), null, asked));
  }

  private Listing.Page page(
      FindingFilter filter,
      @Nullable List<String> after,
      int size,
      Function<FindingRow, Json.Obj> json) {
    return Listing.Page.cut(
        findings.list(filter, cursor(after), size + 1),
        size,
        json,
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
