package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.Beside;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage.Cursor;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Columns;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DevicesView.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fleet, filtered by what stands in the address, one page at a time.
final class DevicesPage implements Page {
  static final String PATH = "/devices";

  private static final int ROWS = 50;
  private static final int ALSO = 5;
  private static final Beside NOTHING = new Beside(null, null, 0);

  private final Fleet fleet;
  private final Looks looks;

  /// @param looks learns of everybody who looks for somebody
  DevicesPage(Fleet fleet, Looks looks) {
    this.looks = looks;
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    DeviceFilter filter;
    Cursor after;
    Columns columns;
    boolean falling;
    try {
      columns = columns(ask.query(), words);
      var asked = new Asked(ask.query().values());
      filter = DeviceFilter.read(asked);
      falling = DeviceFilter.falling(asked);
      after = cursor(ask.query().text("page_after"));
    } catch (IllegalArgumentException e) {
      return new Senseless(e);
    }
    var page = fleet.compliance().devices(filter, falling, after, ROWS);
    if (filter.isSearch()) {
      // To look for somebody is a look at whoever is found.
      var found = page.rows().stream().map(row -> row.id()).toList();
      var session = ask.session();
      looks.record(found, session.account(), session.inWords(), Looks.ONE_LOOK, "devices");
    }
    var beside = fleet.compliance().beside(page.rows().stream().map(row -> row.id()).toList());
    var clock = fleet.clock();
    var silentBefore = clock.now().minus(fleet.silentAfter());
    var filters = new DeviceFilters(fleet, ask.query(), words);
    var choices = filters.choices(filter);
    var here = ask.query().at(PATH, "page_after", "");
    var view =
        new DevicesView(
            filter.rule() == null ? null : fleet.name(filter.rule()),
            choices,
            DeviceFilters.TYPED,
            ask.query(),
            filters.removable(),
            also(ask.query().text("q"), words),
            filters.kept(choices),
            columns,
            !filter.isEverything(),
            here,
            Href.to(ChosenDevicesPage.PATH)
                .with(ChosenDevicesPage.ALL, "true")
                .with(ChosenDevicesPage.LIST, here.address()),
            export(ask.query()),
            falling,
            filters.otherOrder(falling),
            page.rows().stream()
                .map(row -> line(row, beside.getOrDefault(row.id(), NOTHING), silentBefore, words))
                .toList(),
            page.total(),
            page.more(),
            fleet.deviceCount(),
            after == null ? null : here,
            page.next() == null ? null : ask.query().at(PATH, "page_after", written(page.next())),
            clock);
    return new Shown(words.text("devices.title"), List.of(), view, 0);
  }

  /// A rule of that name, and the person: whose workstations they are is looked up only where
  /// somebody asks for it, since it is told to them.
  private List<DevicesView.Also> also(String text, Words words) {
    if (text.isEmpty()) {
      return List.of();
    }
    var part = text.toLowerCase(Locale.ROOT);
    var also = new ArrayList<DevicesView.Also>();
    fleet.rules().stream()
        .filter(rule ->
            rule.id().value().contains(part)
                || rule.tool().name().toLowerCase(Locale.ROOT).contains(part))
        .limit(ALSO)
        .forEach(rule ->
            also.add(
                new DevicesView.Also(
                    words.text("devices.also.rule", rule.tool().name()),
                    Href.to("/rules", rule.id().value()))));
    also.add(
        new DevicesView.Also(
            words.text("devices.also.person", text),
            Href.to(PATH).with("owner", Terms.written(text))));
    return List.copyOf(also);
  }

  private static Columns columns(Query query, Words words) {
    var names = new LinkedHashMap<String, String>();
    if (!query.text("rule").isEmpty()) {
      names.put("state", words.text("filter.state"));
    }
    names.put("person", words.text("device.person"));
    names.put("department", words.text("overview.department"));
    names.put("problem", words.text("devices.problem"));
    names.put("os", words.text("overview.os"));
    names.put("ring", words.text("filter.ring"));
    names.put("agent", words.text("devices.agent"));
    names.put("last-contact", words.text("devices.contact"));
    return new Columns(PATH, query, names);
  }

  private static Href export(Query query) {
    var href = Href.to("/export", "exportDevices").with("format", "csv").with("bom", "true");
    for (var key : DeviceFilters.KEYS) {
      for (var value : query.values(key)) {
        href = href.with(key, value);
      }
    }
    if (!query.text("sort").isEmpty()) {
      href = href.with("sort", query.text("sort"));
    }
    return href.with(Listed.ZONE, query.text(Listed.ZONE));
  }

  private static String written(Cursor cursor) {
    return cursor.id().value() + ":" + cursor.host();
  }

  private static @Nullable Cursor cursor(String written) {
    if (written.isEmpty()) {
      return null;
    }
    var colon = written.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no place in a list");
    }
    return new Cursor(written.substring(colon + 1), new DeviceId(written.substring(0, colon)));
  }

  private static Line line(Row row, Beside beside, Instant silentBefore, Words words) {
    var status = row.status();
    var contact = row.lastContact();
    return new Line(
        row.id().value(),
        row.host().isEmpty() ? row.id().value() : row.host(),
        contact == null ? null : Href.to(PATH, row.id().value()),
        status == null ? null : Standings.of(status, row.reported(), null, words),
        beside.person(),
        problem(row, beside, words),
        row.department(),
        words.named("os", row.os()),
        row.ring(),
        row.agentVersion(),
        contact,
        contact != null && contact.isBefore(silentBefore));
  }

  /// Why its removal failed, else what its last report complained of.
  private static @Nullable String problem(Row row, Beside beside, Words words) {
    if (row.error() != null) {
      return words.named("error", row.error());
    }
    var problem = beside.problem();
    if (problem == null) {
      return null;
    }
    var named = words.named("problem", problem);
    return beside.problems() == 1
        ? named
        : words.text("devices.problems", named, beside.problems() - 1);
  }
}
