package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Owner;
import dev.interdict.server.compliance.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The people behind the number of those who still have a rule's software. Thread-safe.
final class AffectedApi implements Operations.Resource {
  private static final Schema.Named ROW =
      Schema.named(
          "AffectedPerson",
          needs("person", Schema.any()),
          needs("devices", Schema.count()),
          may("department", Schema.any()));

  private final Compliance compliance;
  private final Viewing viewing;
  private final Listing list =
      new Listing(
          "people",
          ROW,
          List.of(
              Parameter.needed("rule", Schema.text(100), "The rule's id."),
              Keys.DEPT,
              Keys.OS,
              Keys.RING),
          1,
          this::page,
          (call, rows, _, exported) -> shown(call, rows, exported));

  AffectedApi(Compliance compliance, Viewing viewing) {
    this.compliance = compliance;
    this.viewing = viewing;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listPeople",
            Reach.WITHIN,
            "Whose workstations, by the company's list, still have a rule's software; nobody where"
                + " they are too many to be counted, or too few of a part not to be known",
            Role.VIEWER));
  }

  /// Whoever is named is told by each of the devices for which they are.
  private void shown(Call call, List<Json.Obj> rows, boolean exported) {
    var people =
        rows.stream()
            .map(row -> row.get("person") instanceof Json.Text(var person) ? person : "")
            .toList();
    var devices =
        seen(call).affected().devices(call.text("rule"), people).stream()
            .map(DeviceId::value)
            .toList();
    if (exported) {
      viewing.file(call, devices);
    } else {
      viewing.list(call, devices, "people");
    }
  }

  private Compliance seen(Call call) {
    return compliance.within(call.session().scope()).of(call.asked(Part::read));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var seen = seen(call);
    var overview = seen.overview(call.text("rule"));
    var page = seen.affected().page(overview, after == null ? null : after.getFirst(), size + 1);
    return Listing.Page.cut(
        page.people(), size, AffectedApi::json, one -> List.of(one.person()), page::total);
  }

  private static Json.Obj json(Owner one) {
    return Json.object()
        .put("person", one.person())
        .put("devices", one.devices())
        .put("department", one.department())
        .build();
  }
}
