package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Evidence;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests and exemptions, one state at a time.
///
/// @param state of which the list is
/// @param rules the published ones, to filter by
/// @param categories to filter by
/// @param chips what it is narrowed by
/// @param here this page of the list, to come back to
public record ExemptionsView(
    List<Tab> tabs,
    String state,
    List<Choice> rules,
    List<Choice> categories,
    List<DevicesView.Removable> chips,
    Listed list,
    Href here,
    List<Line> lines,
    Clock clock)
    implements View {

  /// A state, and how many there are of it under the same filters.
  public record Tab(String label, long count, Href href, boolean current) {}

  /// One of the list.
  ///
  /// @param rule what people call it
  /// @param due by when somebody should decide; null where nobody has to
  /// @param evidence what was found there; null where the device is not known any more
  public record Line(
      Row row, Href href, String rule, @Nullable Instant due, @Nullable Evidence evidence) {

    /// As the page of those that are chosen is told of it.
    public String key() {
      return row.text("device") + ":" + row.text("rule");
    }
  }

  public ExemptionsView {
    tabs = List.copyOf(tabs);
    rules = List.copyOf(rules);
    categories = List.copyOf(categories);
    chips = List.copyOf(chips);
    lines = List.copyOf(lines);
  }

  /// The state as the address says it; several where it names several.
  public Iterable<String> states() {
    var said = list.query().values("state");
    return said.isEmpty() ? List.of(state) : said;
  }

  /// The same state without filters.
  public Href unfiltered() {
    return Href.to(ExemptionsPage.PATH).with("state", state);
  }

  /// Where all of this page are decided on at once.
  public Href all() {
    var all = Href.to(ChosenExemptionsPage.PATH).with(ChosenExemptionsPage.LIST, here.address());
    for (var line : lines) {
      all = all.with(ChosenExemptionsPage.ROW, line.key());
    }
    return all;
  }

  @Override
  public String template() {
    return "exemptions.jte";
  }
}
