package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// `/proposals/{proposal}`: what exactly somebody proposed, for whoever is to agree to it.
public final class ProposalPage implements Page {
  private final Fleet fleet;

  ProposalPage(Fleet fleet) {
    this.fleet = fleet;
  }

  /// @param heard how many of them were heard since it was made, while it may be carried out
  /// @param departments the devices that would go, by the department of each
  /// @param wanted what is to be in force, as it is kept
  /// @param base what was when it was proposed
  public record Shows(
      Row proposal,
      long devices,
      long heard,
      Map<String, List<Row>> departments,
      String wanted,
      String base,
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
    var departments = new TreeMap<String, List<Row>>();
    for (var device : devices) {
      departments.computeIfAbsent(device.text("department"), _ -> new ArrayList<>()).add(device);
    }
    return new Shown(
        words.text("proposal.title", ask.place("proposal")),
        List.of(new Crumb(words.text("proposals.title"), ProposalsPage.PATH)),
        new Shows(
            answer.row("proposal"),
            devices.size(),
            heard(answer.row("proposal"), devices),
            departments,
            answer.text("wanted"),
            answer.text("base"),
            fleet.clock()),
        0);
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
