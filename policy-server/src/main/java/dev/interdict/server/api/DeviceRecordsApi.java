package dev.interdict.server.api;

import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.events.Links;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of one device, page by page. Whoever reads it is told to the device's employee, as
/// with its page. Thread-safe.
final class DeviceRecordsApi implements Operations.Resource {
  private final Compliance compliance;
  private final Viewing viewing;
  private final DeviceRecords records;
  private final FindingsApi findings;
  private final Links links;
  private final Listing actions;
  private final Listing events;

  DeviceRecordsApi(
      Compliance compliance,
      Viewing viewing,
      DeviceRecords records,
      FindingsApi findings,
      Links links) {
    this.compliance = compliance;
    this.viewing = viewing;
    this.records = records;
    this.findings = findings;
    this.links = links;
    this.actions = new Listing("actions", DeviceAnswers.ACTION, List.of(), 2, this::actions);
    this.events = new Listing("events", EventsApi.ROW, List.of(), 1, this::events);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        findings
            .ofDevice(call -> looked(call).value())
            .page(
                "/devices/{device}/findings",
                List.of(Answers.DEVICE),
                "listDeviceFindings",
                Reach.WITHIN,
                "What one device found",
                Role.VIEWER),
        actions.page(
            "/devices/{device}/actions",
            List.of(Answers.DEVICE),
            "listDeviceActions",
            Reach.WITHIN,
            "What the agent did there, newest first",
            Role.VIEWER),
        events.page(
            "/devices/{device}/events",
            List.of(Answers.DEVICE),
            "listDeviceEvents",
            Reach.WITHIN,
            "What happened there, as other systems are told it, newest first",
            Role.VIEWER));
  }

  /// The device, which may be seen, and is told who looks.
  private DeviceId looked(Call call) {
    var device = call.device();
    if (compliance.within(call.session().scope()).device(device) == null) {
      throw Problem.missing(Sentence.of("device.not-enrolled", "no device %s is enrolled", device));
    }
    viewing.one(call, device);
    return device;
  }

  private Listing.Page actions(Call call, @Nullable List<String> after, int size) {
    var device = looked(call);
    return Listing.Page.cut(
        records.actions(device, place(after), size + 1),
        size,
        one -> DeviceAnswers.json(one.step()),
        one -> List.of(Long.toString(one.place().sequence()), Long.toString(one.place().n())),
        () -> records.actions(device));
  }

  private static DeviceRecords.@Nullable Place place(@Nullable List<String> after) {
    return after == null
        ? null
        : new DeviceRecords.Place(
            Cursor.number(after, 0), Cursor.number(after.subList(1, after.size()), 0));
  }

  private Listing.Page events(Call call, @Nullable List<String> after, int size) {
    var device = looked(call);
    return Listing.Page.cut(
        records.events(device, Cursor.number(after, Long.MAX_VALUE), size + 1),
        size,
        event -> event.json(links.of(event)),
        event -> List.of(Long.toString(event.seq())),
        () -> records.events(device));
  }
}
