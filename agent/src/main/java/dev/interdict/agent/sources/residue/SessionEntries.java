package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Ini;
import dev.interdict.agent.sources.reading.TextFiles;
import dev.interdict.policy.Residue;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Desktop entries (freedesktop.org, Desktop Entry and Autostart specifications) that start with
/// the session or handle a scheme of addresses. Those below `/usr/share` belong to packages and go
/// with them; which handler a user chose (`mimeapps.list`) is not looked at.
final class SessionEntries {
  private static final String SCHEME = "x-scheme-handler/";

  private final Remains remains;

  SessionEntries(Remains remains) {
    this.remains = remains;
  }

  void look() {
    var home = remains.owner() != null;
    for (var file : named(home ? ".config/autostart" : "etc/xdg/autostart")) {
      autostart(file);
    }
    for (var file : named(home ? ".local/share/applications" : "usr/local/share/applications")) {
      handlers(file);
    }
  }

  private List<BytePath> named(String folder) {
    return TextFiles.named(remains.places(), folder, "*.desktop");
  }

  private void autostart(BytePath file) {
    var entry = entry(file);
    var name = file.nameText();
    // A hidden entry is how a user turns one of the system off.
    if (entry == null || entry.get("hidden").equals("true") || !Remains.plain(name)) {
      return;
    }
    tell(Residue.AUTOSTART, name, file, entry, true);
  }

  private void handlers(BytePath file) {
    var entry = entry(file);
    if (entry == null || entry.get("hidden").equals("true")) {
      return;
    }
    var types = types(entry.get("mimetype"));
    var schemes = new LinkedHashSet<String>();
    for (var type : types) {
      var scheme = type.startsWith(SCHEME) ? type.substring(SCHEME.length()) : "";
      if (isScheme(scheme)) {
        schemes.add(scheme);
      }
    }
    // One that shows in menus starts a program as well, and one for several types does more than
    // this scheme: neither is taken away for it.
    var only = types.size() == 1 && entry.get("nodisplay").equals("true");
    for (var scheme : schemes) {
      tell(Residue.URL_HANDLER, scheme, file, entry, only);
    }
  }

  private void tell(Residue kind, String id, BytePath file, Ini.Section entry, boolean wholly) {
    try {
      List<Part> parts = wholly ? remains.file(file, List.of()) : List.of();
      // Codes such as %u stand for what is opened; a path holds none.
      var started = Started.by(entry.get("exec"), remains.places());
      remains.tell(kind, id, file, parts, started == null ? List.of() : List.of(started));
    } catch (UnreadableException e) {
      remains.places().out().gap(e);
    }
  }

  private Ini.@Nullable Section entry(BytePath file) {
    var text = TextFiles.text(remains.places(), file);
    return text == null
        ? null
        : Ini.read(text, false).stream()
            .filter(section -> section.name().equals("Desktop Entry"))
            .findFirst()
            .orElse(null);
  }

  private static Set<String> types(String list) {
    var types = new LinkedHashSet<String>();
    Arrays.stream(list.toLowerCase(Locale.ROOT).split(";", 256))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .forEach(types::add);
    return types;
  }

  /// RFC 3986, 3.1.
  private static boolean isScheme(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.charAt(0) >= 'a'
        && text.charAt(0) <= 'z'
        && text.chars()
            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0);
  }
}
