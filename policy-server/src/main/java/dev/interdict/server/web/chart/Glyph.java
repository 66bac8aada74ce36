package dev.interdict.server.web.chart;

import static java.util.Map.entry;

import gg.jte.Content;
import java.util.Locale;
import java.util.Map;

/// The console's small pictures by name. Each state has a shape of its own, so that nothing is told
/// by colour alone. Pure functions.
public final class Glyph {
  /// Filled, in a box of 12: the states.
  private static final Map<String, String> STATES =
      Map.ofEntries(
          entry(
              "clear",
              "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0Zm2.9 4.7-3.5 3.7a.7.7 0 0 1-1 0L2.9 6.8l1-1 1 1"
                  + " 3-3.1Z"),
          entry("has", "M6 .8 12 11.3H0Z"),
          entry(
              "failed",
              "M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5ZM4.4 3.4l-1 1L5 6 3.4 7.6l1 1L6 7l1.6 1.6 1-1L7"
                  + " 6l1.6-1.6-1-1L6 5Z"),
          entry("exempt", "M6 0l6 6-6 6-6-6Z"),
          entry("wait", "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0Zm.7 2.5V6l2.3 1.5-.7 1.1-2.9-1.9V2.5Z"),
          entry(
              "silent",
              "M5.3 0h1.4v1.8H5.3ZM5.3 10.2h1.4V12H5.3ZM0 5.3h1.8v1.4H0ZM10.2 5.3H12v1.4h-1.8ZM1.3"
                  + " 2.3l1-1 1.2 1.2-1 1ZM8.5 9.5l1-1 1.2 1.2-1 1ZM1.3 9.7l1.2-1.2 1 1-1.2"
                  + " 1.2ZM8.5 2.5l1.2-1.2 1 1-1.2 1.2Z"),
          entry(
              "unsupported",
              "M1.5 0h9A1.5 1.5 0 0 1 12 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 0 10.5v-9A1.5"
                  + " 1.5 0 0 1 1.5 0Zm0 1.4v9.2h9V1.4ZM3 5.2h6v1.6H3Z"),
          entry(
              "unknown",
              "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0Zm0 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z"),
          entry(
              "cross",
              "M1.5 0 6 4.5 10.5 0 12 1.5 7.5 6 12 10.5 10.5 12 6 7.5 1.5 12 0 10.5 4.5 6 0 1.5Z"),
          entry("not-enrolled", "M0 4.5h3v3H0ZM4.5 4.5h3v3h-3ZM9 4.5h3v3H9Z"),
          entry("unexpected", "M6 12 0 .7h12ZM6 8.4 9.1 2.6H2.9Z"));

  /// Drawn with a line, in a box of 20.
  private static final Map<String, String> LINES =
      Map.ofEntries(
          entry("overview", "M3 9.2 10 3l7 6.2V17h-4.5v-5h-5v5H3Z"),
          entry(
              "rules",
              "M10 2.5 16.5 5v4.6c0 3.9-2.7 6.6-6.5 7.9-3.8-1.3-6.5-4-6.5-7.9V5ZM7 9.8l2.2 2.2L13"
                  + " 8"),
          entry("devices", "M2.5 4h15v9.5h-15ZM7 17h6M10 13.5V17"),
          entry("queue", "M4 3.5h12v13H4ZM7 7.5h6M7 10.5h6M7 13.5h3"),
          entry(
              "exemptions", "M10 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6ZM10 5.8v4.5l3 1.9"),
          entry("software", "M10 2.5 16.5 6v8L10 17.5 3.5 14V6ZM3.5 6l6.5 3.5L16.5 6M10 9.5v8"),
          entry("reports", "M3.5 3v14h13.5M7 13.5V9.5M10.5 13.5V6M14 13.5v-2.5"),
          entry("audit", "M5 2.5h7l3.5 3.5v11.5H5ZM12 2.5V6h3.5M7.5 10h5.5M7.5 13h5.5"),
          entry("drafts", "M4 16l1-4 8.5-8.5 3 3L8 15ZM11.5 5.5l3 3"),
          entry(
              "releases", "M13 3.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10.5 9.5 4 16v1.5h3V15h2"),
          entry("risks", "M10 3 17.5 16.5h-15ZM10 8v4M10 13.8v.6"),
          entry(
              "rings",
              "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0"
                  + " 1 0-7Z"),
          entry("enrolment", "M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 14v3h13v-3"),
          entry("integrations", "M7 2.5v4M13 2.5v4M5 6.5h10v3a5 5 0 0 1-10 0ZM10 14.5v3"),
          entry(
              "settings",
              "M10 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7"
                  + " 4.7l1.6 1.6M13.7 13.7l1.6 1.6M4.7 15.3l1.6-1.6M13.7 6.3l1.6-1.6"),
          entry("search", "M8.7 3a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 8.7 3ZM13 13l4.3 4.3"),
          entry(
              "done",
              "M10 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6ZM6.6 10.2l2.4 2.4 4.5-4.8"),
          entry("clock", "M10 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6ZM10 5.8v4.5l3 1.9"),
          entry("shield", "M10 2 17 4.6v4.9c0 4.2-2.9 7-7 8.5-4.1-1.5-7-4.3-7-8.5V4.6ZM7 13l6-6"),
          entry("out", "M8 4H4v12h4M12.5 6.5 16 10l-3.5 3.5M16 10H8"),
          entry("none", "M3 12.5 5 4h10l2 8.5V16H3ZM3 12.5h4l1 1.8h4l1-1.8h4"),
          entry(
              "display",
              "M10 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6ZM10 2.2v15.6M10 6h5.5M10 10h7.4M10"
                  + " 14h5.5"),
          entry("copy", "M7 7h9.5v10H7ZM13 7V3H3.5v10H7"),
          entry("columns", "M3 4h14v12.5H3ZM7.7 4v12.5M12.3 4v12.5"),
          entry("export", "M10 3v9M6.5 8.8 10 12.3l3.5-3.5M3.5 13.5V17h13v-3.5"));

  private Glyph() {}

  /// The picture `name`; decoration, since a text always stands beside it.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Content of(String name) {
    var state = STATES.get(name);
    if (state != null) {
      return frame("glyph g-" + name, "0 0 12 12")
          .leaf("path", "fill", "currentColor", "fill-rule", "evenodd", "d", state)
          .end();
    }
    var line = LINES.get(name);
    if (line == null) {
      throw new IllegalArgumentException("no picture named " + name.toLowerCase(Locale.ROOT));
    }
    return frame("icon", "0 0 20 20")
        .leaf(
            "path",
            "fill",
            "none",
            "stroke",
            "currentColor",
            "stroke-width",
            "1.6",
            "stroke-linejoin",
            "round",
            "stroke-linecap",
            "round",
            "d",
            line)
        .end();
  }

  /// The product's mark.
  public static Content mark() {
    return frame("mark", "0 0 24 24")
        .leaf(
            "path",
            "fill",
            "#4f7cff",
            "d",
            "M12 1.6 21 5v6.6c0 5.2-3.7 9.2-9 10.8-5.3-1.6-9-5.6-9-10.8V5Z")
        .leaf(
            "circle",
            "cx",
            12,
            "cy",
            "11.8",
            "r",
            5,
            "fill",
            "none",
            "stroke",
            "#fff",
            "stroke-width",
            2)
        .leaf("path", "d", "m8.6 15.2 6.8-6.8", "stroke", "#fff", "stroke-width", 2)
        .end();
  }

  private static Svg frame(String look, String box) {
    return new Svg().start("svg", "class", look, "viewBox", box, "aria-hidden", "true");
  }
}
