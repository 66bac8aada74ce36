package dev.interdict.server.web;

import dev.interdict.server.web.Frame.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from each page to the others. A page that somebody may not see is not offered.
final class Navigation {
  /// @param needs the operation by which the page reads; null for what everybody may see
  /// @param counts the list whose total stands beside it; null for none
  private record Way(
      String group, String path, String name, @Nullable String needs, @Nullable String counts) {}

  private static final String POLICY = "policy";
  private static final String SYSTEM = "system";

  private static final List<Way> WAYS =
      List.of(
          new Way("", "/", "overview", null, null),
          new Way("", "/rules", "rules", null, null),
          new Way("", "/devices", "devices", null, null),
          new Way("", "/queue", "queue", "listQueueItems", null),
          new Way("", "/exemptions", "exemptions", "listExemptions", "listExemptionRequests"),
          new Way("", "/software", "software", "listSoftware", null),
          new Way("", "/reports", "reports", null, null),
          new Way("", "/audit", "audit", "listAudit", null),
          new Way(POLICY, "/drafts", "drafts", "listDrafts", null),
          new Way(POLICY, "/risks", "risks", "listRisks", null),
          new Way(POLICY, "/releases", "releases", "listPolicies", null),
          new Way(POLICY, "/rings", "rings", "getRings", null),
          new Way(SYSTEM, "/enrolment", "enrolment", "listEnrolmentTokens", null),
          new Way(SYSTEM, "/integrations", "integrations", "listWebhooks", null),
          new Way(SYSTEM, "/settings", "settings", "getServer", null));

  private Navigation() {}

  /// The entries that somebody is offered on the page at `path`.
  ///
  /// @param served the paths that there are
  static List<Entry> entries(
      String path, List<String> served, Masthead masthead, Asking asking, Words words) {
    var entries = new ArrayList<Entry>();
    for (var way : WAYS) {
      if (served.contains(way.path()) && (way.needs() == null || asking.may(way.needs()))) {
        var current = path.equals(way.path()) || path.startsWith(way.path() + "/");
        entries.add(
            new Entry(
                words.text("nav." + way.name()),
                way.path(),
                way.name(),
                current,
                count(way, masthead, asking),
                way.counts() != null,
                way.group().isEmpty() ? "" : words.text("nav.group." + way.group())));
      }
    }
    return List.copyOf(entries);
  }

  private static @Nullable Long count(Way way, Masthead masthead, Asking asking) {
    if (way.counts() != null) {
      if (!asking.may(way.counts())) {
        return null;
      }
      var waiting = asking.read(way.counts(), "size", "0").number("total");
      return waiting == 0 ? null : waiting;
    }
    return switch (way.name()) {
      case "rules" -> masthead.ruleCount();
      case "devices" -> masthead.deviceCount();
      default -> null;
    };
  }
}
