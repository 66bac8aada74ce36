package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// An address of every page that a console serves, found as a person finds it: by links, from the
/// overview on. So a new page is looked at by each test that looks at all of them, and one to which
/// nothing leads is noticed.
final class Everywhere {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)[\"#]");
  private static final int MOST = 400;

  private Everywhere() {}

  /// By the path of each page.
  static Map<String, String> in(ConsoleServer console) {
    var wanted = new LinkedHashMap<String, Pattern>();
    for (var page : console.pages()) {
      wanted.put(page.path(), Pattern.compile(page.path().replaceAll("\\{[^/]+}", "[^/?]+")));
    }
    var found = new LinkedHashMap<String, String>();
    var seen = new HashSet<>(Set.of("/"));
    var ahead = new ArrayDeque<>(List.of("/"));
    while (!ahead.isEmpty() && found.size() < wanted.size() && seen.size() < MOST) {
      var address = ahead.poll();
      var path = address.replaceFirst("\\?.*", "");
      wanted.forEach((page, pattern) -> {
        if (pattern.matcher(path).matches() && (page.equals(path) || !wanted.containsKey(path))) {
          found.putIfAbsent(page, address);
        }
      });
      for (var link : links(console.get(address).body())) {
        if (seen.add(link)) {
          ahead.add(link);
        }
      }
    }
    assertEquals(wanted.keySet(), found.keySet(), "pages to which a link leads");
    return found;
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
