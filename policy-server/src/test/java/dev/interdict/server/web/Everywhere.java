package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.draft.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// An address of every page that a console serves, found as a person finds it: by links, from the
/// overview on. So a new page is looked at by each test that looks at all of them, and one to which
/// nothing leads is noticed.
final class Everywhere {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)[\"#]");
  private static final Pattern TAB = Pattern.compile("[?&](?:tab|show|state|group)=[^&]+");
  private static final Pattern DEVICE = Pattern.compile("href=\"/devices/([0-9a-f]{32})\"");
  private static final int MOST = 2_000;

  private Everywhere() {}

  /// Brings about what pages are about and no report of a workstation is: a rule with two versions,
  /// its draft, an entry of the risk register, a webhook, a proposal. For somebody who may do all
  /// of it.
  static void furnish(ConsoleServer console) {
    var text = new String(Catalogue.rule("claude-code").orElseThrow(), StandardCharsets.UTF_8);
    done(console, "createDraft", "content", text);
    done(console, "observeDraft?draft=1", "_seen", "\"1-open-0\"");
    var next = text.replace("risk: high", "risk: critical");
    done(console, "editDraft?draft=1", "_seen", "\"1-open-0\"", "content", next);
    done(console, "observeDraft?draft=1", "_seen", "\"2-open-0\"");
    done(
        console,
        "putRisk?entry=claude-code",
        "_seen",
        "\"0\"",
        "name",
        "Claude Code",
        "risk",
        "high",
        "summary",
        "Reported to mark its users' environment without saying so.",
        "evidence",
        "https://example.com/assessment",
        "reviewers",
        "Information security",
        "review",
        "2020-01-31");
    done(
        console,
        "createWebhook",
        "name",
        "siem",
        "url",
        "http://127.0.0.1:9/hook",
        "events",
        "removal.failed");
    done(
        console,
        "putRing?ring=pilot",
        "_seen",
        "\"0\"",
        "description",
        "IT and security",
        "place",
        "1");
    var device = DEVICE.matcher(console.get("/devices").body());
    if (device.find()) {
      done(console, "proposeMoveToRing?ring=pilot", "devices", device.group(1));
    }
  }

  /// Sends a form that does an operation, and fails where it is refused.
  static void done(ConsoleServer console, String operation, String... fields) {
    var form = new StringBuilder("csrf=" + console.csrf() + "&_back=%2F");
    for (var i = 0; i < fields.length; i += 2) {
      form.append('&').append(fields[i]).append('=').append(ConsoleServer.encoded(fields[i + 1]));
    }
    var answer = console.post("/do/" + operation, form.toString());
    // What shows a secret once answers with the page itself.
    assertTrue(
        answer.statusCode() == 303 || answer.statusCode() < 300,
        () -> operation + ": " + answer.body());
  }

  /// By the path of each page.
  static Map<String, String> in(ConsoleServer console) {
    var wanted = new LinkedHashMap<String, Pattern>();
    for (var page : console.pages()) {
      wanted.put(page.path(), Pattern.compile(page.path().replaceAll("\\{[^/]+}", "[^/?]+")));
    }
    var found = new LinkedHashMap<String, String>();
    find("/", wanted, found);
    var seen = new HashSet<>(Set.of("/"));
    var ahead = new ArrayDeque<>(List.of("/"));
    while (!ahead.isEmpty() && found.size() < wanted.size() && seen.size() < MOST) {
      for (var link : links(console.get(ahead.poll()).body())) {
        if (seen.add(link)) {
          ahead.add(link);
          find(link, wanted, found);
        }
      }
    }
    assertEquals(wanted.keySet(), found.keySet(), "pages to which a link leads");
    return found;
  }

  /// The same addresses, and one for each tab and kind of list that those pages offer.
  static Set<String> withTabs(ConsoleServer console) {
    var pages = in(console);
    var all = new LinkedHashSet<>(pages.values());
    var known = new HashSet<String>();
    for (var page : List.copyOf(all)) {
      for (var link : links(console.get(page).body())) {
        var tab = TAB.matcher(link);
        if (path(link).equals(path(page)) && tab.find() && known.add(path(page) + tab.group())) {
          all.add(link);
        }
      }
    }
    return all;
  }

  /// Every link of those pages, with what it answers where that is an error.
  static Map<String, Integer> broken(ConsoleServer console) {
    var tried = new HashSet<String>();
    var broken = new LinkedHashMap<String, Integer>();
    for (var page : in(console).values()) {
      for (var link : links(console.get(page).body())) {
        if (!link.startsWith("/do/") && tried.add(link)) {
          var status = console.get(link).statusCode();
          if (status >= 400) {
            broken.put(page + " -> " + link, status);
          }
        }
      }
    }
    return broken;
  }

  private static void find(String address, Map<String, Pattern> wanted, Map<String, String> found) {
    var path = path(address);
    wanted.forEach((page, pattern) -> {
      if (pattern.matcher(path).matches() && (page.equals(path) || !wanted.containsKey(path))) {
        found.putIfAbsent(page, address);
      }
    });
  }

  private static String path(String address) {
    return address.replaceFirst("\\?.*", "");
  }

  private static List<String> links(String page) {
    var links = new ArrayList<String>();
    var matcher = LINK.matcher(page);
    while (matcher.find()) {
      var link = matcher.group(1).replace("&amp;", "&");
      if (!link.startsWith("/assets/")
          && !link.startsWith("/export/")
          && !link.matches(".*[?&](lang|theme|density|keys)=.*")) {
        links.add(link);
      }
    }
    return links;
  }
}
