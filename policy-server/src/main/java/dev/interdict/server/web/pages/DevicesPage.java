package dev.interdict.server.web.pages;

import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage.Cursor;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.web.Columns;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DevicesView.Line;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fleet, filtered by what stands in the address, one page at a time.
final class DevicesPage implements Page {
  static final String PATH = "/devices";

  /// How an address names the empty department.
  private static final String NONE = "-";

  private static final int ROWS = 50;

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
    try {
      columns = columns(ask.query(), words);
      filter = filter(ask.query());
      after = cursor(ask.query().text("page_after"));
    } catch (IllegalArgumentException e) {
      return new Senseless();
    }
    var page = fleet.compliance().devices(filter, after, ROWS);
    if (filter.text() != null) {
      // To look for somebody is a look at whoever is found.
      var found = page.rows().stream().map(row -> row.id()).toList();
      var session = ask.session();
      looks.record(found, session.account(), session.inWords(), Looks.ONE_LOOK, "devices");
    }
    var clock = fleet.clock();
    var silentBefore = clock.now().minus(fleet.silentAfter());
    var filters = new DeviceFilters(fleet, ask.query(), words);
    var view =
        new DevicesView(
            filter.rule() == null ? null : fleet.name(filter.rule()),
            filters.choices(filter),
            filters.removable(filter),
            kept(ask.query()),
            columns,
            export(ask.query()),
            page.rows().stream().map(row -> line(row, silentBefore, words)).toList(),
            page.total(),
            page.more(),
            fleet.deviceCount(),
            after == null ? null : ask.query().at(PATH, "page_after", ""),
            page.next() == null ? null : ask.query().at(PATH, "page_after", written(page.next())),
            clock);
    return new Shown(words.text("devices.title"), List.of(), view, 0);
  }

  private static Columns columns(Query query, Words words) {
    var names = new LinkedHashMap<String, String>();
    if (!query.text("rule").isEmpty()) {
      names.put("state", words.text("filter.state"));
    }
    names.put("dept", words.text("overview.department"));
    names.put("os", words.text("overview.os"));
    names.put("agent", words.text("devices.agent"));
    names.put("contact", words.text("devices.contact"));
    return new Columns(PATH, query, names);
  }

  private static SequencedMap<String, String> kept(Query query) {
    var kept = new LinkedHashMap<String, String>();
    for (var key : List.of("q", Columns.KEY)) {
      if (!query.text(key).isEmpty()) {
        kept.put(key, String.join(",", query.values(key)));
      }
    }
    return kept;
  }

  private static Href export(Query query) {
    var href = Href.to("/export", "exportDevices").with("format", "csv").with("bom", "true");
    for (var key : DeviceFilters.KEYS) {
      for (var value : query.values(key)) {
        href = href.with(key, value);
      }
    }
    return href;
  }

  /// The filter that a query names.
  ///
  /// @throws IllegalArgumentException if it names a state or system that does not exist
  private static DeviceFilter filter(Query query) {
    var rule = query.text("rule");
    var text = query.text("q");
    var states = query.all("state").stream().map(Status::ofWord).collect(Collectors.toSet());
    return new DeviceFilter(
        rule.isEmpty() ? null : rule,
        states,
        query.values("dept").stream()
            .map(name -> name.equals(NONE) ? "" : name)
            .collect(Collectors.toSet()),
        systems(query.all("os")),
        query.values("detector"),
        text.isEmpty() ? null : text);
  }

  private static Set<String> systems(Set<String> given) {
    var known = new HashSet<String>();
    for (var system : OsFamily.values()) {
      known.add(system.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (!known.containsAll(given)) {
      throw new IllegalArgumentException("no such system");
    }
    return given;
  }

  /// A department as an address names it.
  static String written(String department) {
    return department.isEmpty() ? NONE : department;
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

  private static Line line(Row row, Instant silentBefore, Words words) {
    var status = row.status();
    var contact = row.lastContact();
    return new Line(
        row.id().value(),
        row.host().isEmpty() ? row.id().value() : row.host(),
        contact == null ? null : Href.to(PATH, row.id().value()),
        status == null ? null : Standings.of(status, row.reported(), null, words),
        row.department(),
        words.named("os", row.os()),
        row.agentVersion(),
        contact,
        contact != null && contact.isBefore(silentBefore));
  }
}
