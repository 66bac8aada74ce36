package dev.interdict.server.syslog;

import dev.interdict.identity.Printable;
import dev.interdict.server.events.Event;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An event in the Common Event Format, version 0 (ArcSight CEF Implementation Standard).
public final class Cef {
  private static final int MOST = 1_000;

  /// Names of details that have a key of their own in CEF.
  private static final List<String> KEYED = List.of("host", "reason", "software", "case");

  private Cef() {}

  /// One line.
  ///
  /// @param version of this server
  /// @param link where people see more
  public static String of(Event event, String version, String link) {
    var line = new StringBuilder("CEF:0|Interdict|Server|");
    line.append(header(version)).append('|');
    line.append(header(event.type())).append('|');
    line.append(header(event.caption(Locale.ENGLISH))).append('|');
    line.append(event.kind().severity()).append('|');
    line.append("rt=").append(event.at().toEpochMilli());
    field(line, "externalId", event.id());
    field(line, "dhost", event.text("host"));
    field(line, "deviceExternalId", event.device());
    field(line, "suser", event.actor());
    labelled(line, 1, "rule", event.rule());
    labelled(line, 2, "reason", event.text("reason"));
    labelled(line, 3, "software", event.text("software"));
    labelled(line, 4, "case", event.text("case"));
    field(line, "msg", rest(event));
    field(line, "request", link);
    return line.toString();
  }

  private static @Nullable String rest(Event event) {
    var rest = new StringBuilder();
    for (var name : event.detail().members().keySet()) {
      var value = KEYED.contains(name) ? null : event.text(name);
      if (value != null) {
        rest.append(rest.isEmpty() ? "" : ", ").append(name).append(": ").append(value);
      }
    }
    return rest.isEmpty() ? null : rest.toString();
  }

  private static void labelled(
      StringBuilder line, int number, String label, @Nullable String value) {
    if (value != null) {
      line.append(" cs").append(number).append("Label=").append(label);
      field(line, "cs" + number, value);
    }
  }

  private static void field(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      line.append(' ').append(key).append('=').append(extension(value));
    }
  }

  /// In the header a bar ends a field.
  static String header(String text) {
    return printed(text).replace("\\", "\\\\").replace("|", "\\|");
  }

  /// In the extension an equals sign begins a value; a bar is plain text there.
  static String extension(String text) {
    return printed(text).replace("\\", "\\\\").replace("=", "\\=");
  }

  /// In one line, and without what nobody sees.
  private static String printed(String text) {
    return Printable.of(text, MOST);
  }
}
