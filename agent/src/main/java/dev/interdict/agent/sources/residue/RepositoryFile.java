package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.sources.reading.Ini;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One file of a package manager that says where packages come from, each in the manager's format.
///
/// @param parts what may be taken away with it, if it names only one place
record RepositoryFile(Remains remains, BytePath file, List<Part> parts) {

  private static final int MOST = 64 << 10;

  /// sources.list(5), ONE-LINE-STYLE FORMAT: `deb [options] address suite component…`. Sources of
  /// source packages install nothing.
  void aptLines(String text) {
    var addresses = new LinkedHashSet<String>();
    for (var line : (Iterable<String>) text.lines()::iterator) {
      var hash = line.indexOf('#');
      var words = (hash < 0 ? line : line.substring(0, hash)).strip().split("\\s+", 64);
      if (words[0].equals("deb")) {
        var at = 1;
        if (at < words.length && words[at].startsWith("[")) {
          while (at < words.length && !words[at].endsWith("]")) {
            at++;
          }
          at++;
        }
        if (at < words.length) {
          addresses.add(words[at]);
        }
      }
    }
    tell(addresses);
  }

  /// sources.list(5), DEB822-STYLE FORMAT.
  void aptParagraphs(String text) {
    var addresses = new LinkedHashSet<String>();
    Map<String, StringBuilder> fields = new LinkedHashMap<>();
    var field = "";
    for (var line : (Iterable<String>) text.lines()::iterator) {
      if (line.startsWith("#")) {
        continue;
      }
      var colon = line.indexOf(':');
      if (line.isBlank()) {
        paragraph(fields, addresses);
        fields.clear();
        field = "";
      } else if (Character.isWhitespace(line.charAt(0))) {
        var value = fields.get(field);
        if (value != null && value.length() < MOST) {
          value.append(' ').append(line.strip());
        }
      } else if (colon > 0) {
        field = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.put(field, new StringBuilder(line.substring(colon + 1).strip()));
      }
    }
    paragraph(fields, addresses);
    tell(addresses);
  }

  private static void paragraph(Map<String, StringBuilder> fields, Set<String> addresses) {
    var enabled = of(fields, "enabled").toLowerCase(Locale.ROOT);
    var off = Set.of("no", "false", "0", "off", "without", "disable").contains(enabled);
    var binary = words(of(fields, "types")).contains("deb");
    if (!off && binary) {
      addresses.addAll(words(of(fields, "uris")));
    }
  }

  private static String of(Map<String, StringBuilder> fields, String name) {
    var value = fields.get(name);
    return value == null ? "" : value.toString();
  }

  /// dnf.conf(5), Repo Options, which zypper shares: several addresses stand on lines of their own
  /// or between commas.
  void yum(String text) {
    var addresses = new LinkedHashSet<String>();
    for (var section : Ini.read(text, true)) {
      if (!section.off("enabled")) {
        for (var key : new String[] {"baseurl", "mirrorlist", "metalink"}) {
          addresses.addAll(words(section.get(key).replace(',', ' ')));
        }
      }
    }
    tell(addresses);
  }

  /// apk-repositories(5): `[@tag] address`, with a keyword before it in newer ones.
  void apk(String text) {
    var addresses = new LinkedHashSet<String>();
    for (var line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
      if (!line.startsWith("#")) {
        words(line).stream()
            .filter(word -> word.contains("://"))
            .findFirst()
            .ifPresent(addresses::add);
      }
    }
    tell(addresses);
  }

  /// pacman.conf(5): `Server = address` in the section of a repository, whose name stands for
  /// `$repo`. Lists of mirrors that it includes are the distribution's and are not read.
  void pacman(String text) {
    var addresses = new LinkedHashSet<String>();
    for (var section : Ini.read(text, false)) {
      if (!section.name().equals("options")) {
        for (var server : words(section.get("server"))) {
          addresses.add(server.replace("$repo", section.name()));
        }
      }
    }
    tell(addresses);
  }

  /// ostree.repo-config(5) and flatpak-flatpakrepo(5).
  void flatpak(String text) {
    var addresses = new LinkedHashSet<String>();
    for (var section : Ini.read(text, false)) {
      var remote = section.name().startsWith("remote ") || section.name().equals("Flatpak Repo");
      if (remote && !section.get("xa.disable").equals("true")) {
        addresses.addAll(words(section.get("url")));
      }
    }
    tell(addresses);
  }

  private static Set<String> words(String text) {
    var words = new LinkedHashSet<String>();
    Arrays.stream(text.split("\\s+", 1000)).filter(word -> !word.isEmpty()).forEach(words::add);
    return words;
  }

  private void tell(Set<String> addresses) {
    var own = addresses.size() == 1 ? parts : List.<Part>of();
    addresses.forEach(address -> remains.address(address, file, own));
  }
}
