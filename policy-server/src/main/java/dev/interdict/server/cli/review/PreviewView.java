package dev.interdict.server.cli.review;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.Previews;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A preview for people, from what was kept of it. Names of hosts and findings come from devices.
record PreviewView(Console console) {
  private static final int MOST_PARTS = 6;

  void print(Preview preview, @Nullable Sentence staleness) {
    var seen = preview.document();
    console.line(
        console.bold("Preview")
            + "  "
            + preview.id()
            + ", taken "
            + Times.minutes(preview.takenAt())
            + " by "
            + preview.takenBy()
            + ", counts until "
            + Times.minutes(Previews.until(preview)));
    if (staleness != null) {
      console.line("  " + console.red("counts no more") + ": " + staleness);
    }
    console.field(
        "Looked",
        preview.looked()
            + " of "
            + preview.enrolled()
            + " enrolled"
            + (preview.observed() == null ? "" : ", by rule " + preview.observed())
            + "; the fleet has "
            + n(seen, "expected"));
    if (preview.isDim()) {
      console.field("Too few", preview.lookedWords().text());
    }
    if (preview.looked() == 0) {
      console.field("Matches", "unknown until workstations have looked");
      warnings(seen);
      return;
    }
    console.field(
        "Matches",
        preview.matched()
            + " workstations, running on "
            + n(seen, "running")
            + "; if the others are alike, "
            + preview.estimate());
    console.field(
        "People",
        n(seen, "people") + ", and " + n(seen, "unnamed") + " workstations without a known person");
    console.field(
        "New there",
        n(seen, "gained") + "; no longer hit " + n(seen, "lost") + " (by the rule in force)");
    console.field(
        "Unknown",
        "not looked "
            + n(seen, "not-looked")
            + ", silent "
            + n(seen, "silent")
            + ", unsupported "
            + n(seen, "unsupported")
            + ", agent too old "
            + n(seen, "too-old"));
    console.field(
        "Exempt", n(seen, "exempt") + "; held by too many matches " + n(seen, "too-many-matches"));
    parts(seen, "department", "Departments");
    parts(seen, "os", "Systems");
    parts(seen, "detector", "Found by");
    parts(seen, "critical-group", "Critical");
    samples(seen);
    warnings(seen);
  }

  private void warnings(Json.Obj seen) {
    for (var warning : texts(seen.get("warnings"))) {
      console.line("  " + console.yellow("!") + " " + warning);
    }
  }

  private void parts(Json.Obj seen, String kind, String label) {
    if (seen.get("parts") instanceof Json.Obj parts
        && parts.get(kind) instanceof Json.Obj counts
        && !counts.members().isEmpty()) {
      var words =
          counts.members().entrySet().stream()
              .limit(MOST_PARTS)
              .map(one -> Printable.of(one.getKey(), 40) + " " + number(one.getValue()))
              .collect(Collectors.joining(", "));
      var more = counts.members().size() - MOST_PARTS;
      console.field(label, words + (more > 0 ? ", and " + more + " more" : ""));
    }
  }

  private void samples(Json.Obj seen) {
    if (seen.get("samples") instanceof Json.Arr(var items) && !items.isEmpty()) {
      console.line("  Sample matches");
      for (var item : items) {
        if (item instanceof Json.Obj sample) {
          console.line(
              "    "
                  + number(sample.get("devices"))
                  + "x "
                  + text(sample, "identity")
                  + " "
                  + text(sample, "version")
                  + "  "
                  + text(sample, "location")
                  + " on "
                  + text(sample, "host")
                  + (sample.get("running") == Json.Bool.TRUE ? ", running" : ""));
        }
      }
    }
  }

  private static List<String> texts(@Nullable Json json) {
    return json instanceof Json.Arr(var items)
        ? items.stream()
            .map(item -> item instanceof Json.Text(var text) ? Printable.of(text) : "")
            .toList()
        : List.of();
  }

  private static String text(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Text(var text) ? Printable.of(text, 90) : "-";
  }

  private static long n(Json.Obj json, String name) {
    return number(json.get(name));
  }

  private static long number(@Nullable Json json) {
    return json instanceof Json.Int(var n) ? n : 0;
  }
}
