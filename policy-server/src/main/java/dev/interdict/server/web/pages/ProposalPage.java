package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// `/proposals/{proposal}`: what exactly somebody proposed, for whoever is to agree to it.
public final class ProposalPage implements Page {
  /// As many as are looked up by name at once.
  private static final int SLICE = 500;

  private final Fleet fleet;

  ProposalPage(Fleet fleet) {
    this.fleet = fleet;
  }

  /// @param heard how many of them were heard since it was made, while it may be carried out
  /// @param departments the devices that would go, by the department of each
  /// @param ring that workstations would go to; empty where it is about something else
  /// @param moved those, by the ring that each was in
  /// @param described the ring whose description changes; empty where it is about something else
  /// @param lines what else would become different
  public record Shows(
      Row proposal,
      long devices,
      long heard,
      Map<String, List<Row>> departments,
      String ring,
      Map<String, List<Row>> moved,
      String described,
      List<Proposed.Line> lines,
      Clock clock)
      implements View {
    @Override
    public String template() {
      return "proposal-page.jte";
    }
  }

  @Override
  public String path() {
    return ProposalsPage.PATH + "/{proposal}";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var answer = ask.api().read("getProposal", Map.of("proposal", List.of(ask.place("proposal"))));
    var devices = answer.rows("devices");
    var departments = new TreeMap<String, List<Row>>(words.names());
    for (var device : devices) {
      departments.computeIfAbsent(device.text("department"), _ -> new ArrayList<>()).add(device);
    }
    var base = answer.text("base");
    var wanted = answer.text("wanted");
    var proposed =
        answer.row("proposal").text("kind").equals("collection")
            ? Proposed.ofCollection(base, wanted)
            : Proposed.of(base, wanted);
    var ring = proposed.ring();
    return new Shown(
        words.text("proposal.title", ask.place("proposal")),
        List.of(new Crumb(words.text("proposals.title"), ProposalsPage.PATH)),
        new Shows(
            answer.row("proposal"),
            devices.size(),
            heard(answer.row("proposal"), devices),
            departments,
            ring == null ? "" : ring,
            ring == null ? Map.of() : moved(proposed),
            proposed.described(),
            ring == null && devices.isEmpty() ? proposed.lines() : List.of(),
            fleet.clock()),
        0);
  }

  /// With the names by which people know them; of one that is not there any more its id.
  private Map<String, List<Row>> moved(Proposed proposed) {
    var known = new HashMap<String, Row>();
    var ids = proposed.moved().values().stream().flatMap(List::stream).map(DeviceId::new).toList();
    for (var from = 0; from < ids.size(); from += SLICE) {
      var slice = ids.subList(from, Math.min(ids.size(), from + SLICE));
      for (var device : fleet.compliance().devices(slice)) {
        var contact = device.lastContact();
        var id = device.id().value();
        var json =
            Json.object()
                .put("device", id)
                .put("host", device.host())
                .put("last-contact", contact == null ? null : contact.toString());
        known.put(id, new Row(json.build()));
      }
    }
    var moved = new TreeMap<String, List<Row>>();
    proposed
        .moved()
        .forEach((from, devices) ->
            moved.put(
                from,
                devices.stream()
                    .map(id ->
                        known.getOrDefault(id, new Row(Json.object().put("device", id).build())))
                    .toList()));
    return moved;
  }

  private static long heard(Row proposal, List<Row> devices) {
    var since = proposal.instant("proposed");
    return since == null || !Set.of("open", "agreed").contains(proposal.text("state"))
        ? 0
        : devices.stream()
            .map(device -> device.instant("last-contact"))
            .filter(contact -> contact != null && contact.isAfter(since))
            .count();
  }
}
