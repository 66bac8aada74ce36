package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Beside;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of the fleet. Whoever reads one of them is told to its employee, as with its page.
/// Thread-safe.
final class DevicesApi implements Operations.Resource {
  static final Schema.Words STATE =
      new Schema.Words(Arrays.stream(Status.values()).map(Status::word).toList());

  private static final Schema.Named ROW =
      Schema.named(
          "Device",
          needs("id", Schema.any()),
          needs("host", Schema.any()),
          may("person", Schema.any()),
          needs("department", Schema.any()),
          may("problem", Schema.any()),
          needs("os", Schema.any()),
          needs("ring", Schema.any()),
          may("agent", Schema.any()),
          may("last-contact", Schema.instant()),
          may("state", STATE),
          may("due", Schema.instant()),
          may("error", Schema.any()));

  private final Compliance compliance;
  private final Viewing viewing;
  private final Listing list =
      new Listing(
          "devices",
          ROW,
          List.of(
              Parameter.query("rule", Schema.text(100), "The rule whose state is listed."),
              Keys.words("state", "With that state; needs a rule."),
              Keys.DEPT,
              Keys.OS,
              Keys.RING,
              Keys.names(
                  "version", "With this version of the agent; - of one that never reported."),
              Keys.names("detector", "That has it by this inventory source; needs a rule."),
              Keys.PERSON,
              Keys.SITE,
              Keys.MANAGER,
              Keys.Q_DEVICES,
              Keys.sort(
                  "host, which is usual, or -host; an index has no other order, and none with q.")),
          2,
          this::page,
          this::shown);

  DevicesApi(Compliance compliance, Viewing viewing) {
    this.compliance = compliance;
    this.viewing = viewing;
  }

  Listing list() {
    return list;
  }

  /// To look through the fleet is no look at anybody; to look for somebody is, and to take all
  /// away.
  private void shown(Call call, List<Json.Obj> rows, boolean sought, boolean exported) {
    if (exported || sought) {
      viewing.rows(call, rows, "devices", "id", sought, exported);
    }
  }

  private Compliance seen(Call call) {
    return compliance.within(call.session().scope());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page("listDevices", Reach.WITHIN, "The devices, by host name", Role.VIEWER),
        Operation.get(
                "/devices/{device}",
                "getDevice",
                "All that is known of one device; its employee is told who looked")
            .with(Answers.DEVICE)
            .answers(200, DeviceAnswers.DETAIL)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::device));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    try {
      var filter = call.asked(DeviceFilter::read);
      var falling = call.asked(DeviceFilter::falling);
      var cursor =
          after == null
              ? null
              : new DevicePage.Cursor(after.getFirst(), new DeviceId(after.getLast()));
      var page = seen(call).devices(filter, falling, cursor, size);
      var beside = seen(call).beside(page.rows().stream().map(row -> row.id()).toList());
      var next = page.next();
      return new Listing.Page(
          page.rows().stream().map(row -> json(row, beside.get(row.id()))).toList(),
          next == null ? null : List.of(next.host(), next.id().value()),
          page::total,
          page.more());
    } catch (IllegalArgumentException e) {
      throw Problem.query(String.valueOf(e.getMessage()));
    }
  }

  private static Json.Obj json(DevicePage.Row row, @Nullable Beside beside) {
    var status = row.status();
    return Json.object()
        .put("id", row.id().value())
        .put("host", row.host())
        .put("person", beside == null ? null : beside.person())
        .put("department", row.department())
        .put("problem", beside == null ? null : beside.problem())
        .put("os", row.os())
        .put("ring", row.ring())
        .put("agent", row.agentVersion())
        .put("last-contact", Answers.text(row.lastContact()))
        .put("state", status == null ? null : status.word())
        .put("due", Answers.text(row.due()))
        .put("error", row.error())
        .build();
  }

  private HttpResponse device(Call call) {
    var detail = seen(call).device(call.device());
    if (detail == null) {
      throw Problem.missing(
          Sentence.of("device.not-enrolled", "no device %s is enrolled", call.text("device")));
    }
    viewing.one(call, detail.device().id());
    return HttpResponse.json(200, DeviceAnswers.json(detail));
  }
}
