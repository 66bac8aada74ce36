package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.http.LocalPath;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.query.Asked;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.ChosenDevicesView.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/devices/chosen`: what is done to several workstations at once, after a look at which they are.
/// They come from the list, each by its id, or all that its address lets through; what is sent
/// names each of them, so that nothing happens to one that was not counted here.
final class ChosenDevicesPage implements Page {
  static final String PATH = DevicesPage.PATH + "/chosen";

  /// In an address: the list that they were chosen in.
  static final String LIST = "of";

  /// In an address: whether it is all of that list.
  static final String ALL = "all";

  /// As many as one look at the list tells.
  private static final int MOST = 1_000;

  private final Fleet fleet;
  private final Looks looks;

  /// @param looks learns of everybody who looks for somebody
  ChosenDevicesPage(Fleet fleet, Looks looks) {
    this.fleet = fleet;
    this.looks = looks;
  }

  @Override
  public String path() {
    return PATH;
  }

  /// @param total how many were chosen, which may be more than there are rows
  /// @param more whether there may be even more
  /// @param everything whether they were to be all of a list that leaves out none
  private record Chosen(List<Row> rows, long total, boolean more, boolean everything) {}

  @Override
  public Outcome show(Ask ask) {
    var list = list(ask.query());
    var chosen = list == null ? null : chosen(ask, list);
    if (list == null || chosen == null) {
      return new Senseless();
    }
    var words = ask.words();
    var clock = fleet.clock();
    var silentBefore = clock.now().minus(fleet.silentAfter());
    var fits = !chosen.more() && chosen.total() <= MOST;
    var rows = fits ? chosen.rows() : List.<Row>of();
    var view =
        new ChosenDevicesView(
            new Href(list),
            chosen.total(),
            chosen.more(),
            chosen.everything(),
            MOST,
            rows.stream().map(row -> row.id().value()).toList(),
            rows.stream()
                .filter(row -> row.lastContact() != null)
                .map(row -> row.id().value())
                .toList(),
            rows.stream().filter(row -> isHeard(row, silentBefore)).count(),
            rows.stream().map(row -> line(row, rows.size() <= Retirements.ALONE, words)).toList(),
            clock);
    return new Shown(
        words.text("chosen.title"), List.of(new Crumb(words.text("nav.devices"), list)), view, 0);
  }

  /// The address of the list; null where it is none. Neither one that is not understood nor one
  /// without a filter may come to stand for the whole fleet.
  private static @Nullable String list(Query query) {
    var given = query.values().getOrDefault(LIST, List.of());
    if (given.isEmpty()) {
      return DevicesPage.PATH;
    }
    var list = given.getFirst();
    return given.size() == 1
            && LocalPath.is(list)
            && (list.equals(DevicesPage.PATH) || list.startsWith(DevicesPage.PATH + "?"))
        ? list
        : null;
  }

  private @Nullable Chosen chosen(Ask ask, String list) {
    try {
      return ask.query().values(ALL).contains("true") ? all(ask, list) : named(ask.query());
    } catch (IllegalArgumentException | RefusedException e) {
      return null;
    }
  }

  private Chosen all(Ask ask, String list) {
    var filter = DeviceFilter.read(new Asked(LocalPath.parameters(list)));
    if (filter.isEverything()) {
      return new Chosen(List.of(), 0, false, true);
    }
    var page = fleet.compliance().devices(filter, null, MOST);
    if (filter.isSearch()) {
      var found = page.rows().stream().map(Row::id).toList();
      var session = ask.session();
      looks.record(found, session.account(), session.inWords(), Looks.ONE_LOOK, "devices");
    }
    return new Chosen(page.rows(), page.total(), page.more(), false);
  }

  private Chosen named(Query query) {
    var ids = new ArrayList<DeviceId>();
    for (var id : query.values("device")) {
      ids.add(new DeviceId(id));
    }
    var rows = ids.size() > MOST ? List.<Row>of() : fleet.compliance().devices(ids);
    return new Chosen(rows, ids.size() > MOST ? ids.size() : rows.size(), false, false);
  }

  private static boolean isHeard(Row row, Instant silentBefore) {
    var contact = row.lastContact();
    return contact != null && !contact.isBefore(silentBefore);
  }

  /// @param linked not where they are so many that the page would be heavy
  private static Line line(Row row, boolean linked, Words words) {
    var contact = row.lastContact();
    return new Line(
        row.host().isEmpty() ? row.id().value() : row.host(),
        contact == null || !linked ? null : Href.to(DevicesPage.PATH, row.id().value()),
        row.department(),
        words.named("os", row.os()),
        row.ring(),
        contact);
  }
}
