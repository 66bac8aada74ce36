package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.risk.Entry;
import dev.interdict.server.risk.Register;
import dev.interdict.server.web.Asking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The published rules by the entry of the risk register that each stands on.
///
/// @param bare those that stand on none
public record RiskStanding(Map<String, List<Rule>> byEntry, List<Rule> bare) {
  private static final String MOST = "1000";

  public RiskStanding {
    byEntry = Map.copyOf(byEntry);
    bare = List.copyOf(bare);
  }

  /// @param begun the id of an entry that counts as there, since somebody is about to write it;
  ///   empty for none
  static RiskStanding of(Asking api, List<Rule> rules, String begun) {
    var known = new HashSet<>(entries(api).keySet());
    known.add(begun);
    var standing = new LinkedHashMap<String, List<Rule>>();
    var bare = new ArrayList<Rule>();
    for (var rule : rules) {
      Register.candidates(rule).stream()
          .filter(known::contains)
          .findFirst()
          .map(entry -> standing.computeIfAbsent(entry, _ -> new ArrayList<>()))
          .orElse(bare)
          .add(rule);
    }
    return new RiskStanding(standing, bare);
  }

  /// The register by the ids of its entries.
  static Map<String, Entry> entries(Asking api) {
    var entries = new HashMap<String, Entry>();
    var next = new HashMap<String, List<String>>();
    next.put("size", List.of(MOST));
    String after;
    do {
      var page = api.read("listRisks", next);
      page.rows("risks")
          .forEach(each -> {
            var entry = Entry.read(each.row("entry").json(), new ArrayList<>());
            entries.put(entry.id(), entry);
          });
      after = page.text("next");
      next.put("page_after", List.of(after));
    } while (!after.isEmpty());
    return entries;
  }

  /// The rules that stand on an entry.
  public List<Rule> on(String entry) {
    return byEntry.getOrDefault(entry, List.of());
  }
}
