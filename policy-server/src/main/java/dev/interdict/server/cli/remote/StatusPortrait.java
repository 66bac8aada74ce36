package dev.interdict.server.cli.remote;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.compliance.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One rule as the overview of the console shows it, for people at a terminal: from when it acts,
/// how many still have the software and how many probably will then, and where it is.
///
/// @param overview what `getRule` answers
/// @param outlook what `getRuleOutlook` answers; null where the list in force has no such rule
/// @param paused whether people hold it, alone or with all
record StatusPortrait(Json.Obj overview, Json.@Nullable Obj outlook, boolean paused) {
  private static final int BAR = 24;

  /// What has more of them is read in the console.
  private static final int MOST = 20;

  /// How many of one department have it.
  private record Part(String name, long hasIt, long of) {
    double share() {
      return of == 0 ? 0 : hasIt / (double) of;
    }
  }

  void print(Console console) {
    console.line(head(console));
    console.line(counts());
    departments(console);
  }

  private String head(Console console) {
    var rule = text(overview, "rule");
    var shown = new ArrayList<String>();
    if (outlook == null) {
      shown.add(console.bold(rule));
      shown.add("not in the list in force");
    } else {
      shown.add(console.bold(Printable.of(text(outlook, "name"))));
      shown.add(text(outlook, "enforcement") + " " + when(outlook));
      shown.add("serial " + number(outlook, "serial"));
    }
    if (overview.get("held-by-breaker") != null) {
      shown.add(console.red("held by the circuit breaker"));
    } else if (paused) {
      shown.add(console.red("paused"));
    }
    var last = text(overview, "last-report");
    shown.add(
        last.isEmpty()
            ? "no report yet"
            : "data " + rough(Duration.between(Instant.parse(last), at())) + " old");
    return String.join("   ", shown);
  }

  private String when(Json.Obj from) {
    var effective = Instant.parse(text(from, "effective"));
    return effective.isAfter(at())
        ? "in " + rough(Duration.between(at(), effective)) + " (" + Times.minutes(effective) + ")"
        : "since " + Times.minutes(effective);
  }

  private Instant at() {
    return Instant.parse(text(overview, "at"));
  }

  private String counts() {
    var hasIt = number(overview, "has-it");
    var devices = number(overview, "devices");
    var shown = new ArrayList<String>();
    shown.add("has it " + hasIt + " of " + devices + " (" + percent(hasIt, devices) + ")");
    var states = member(overview, "states");
    shown.add("removal failed " + number(states, Status.FAILED.word()));
    for (var status : List.of(Status.EXEMPT, Status.SILENT, Status.UNSUPPORTED)) {
      shown.add(status.word() + " " + number(states, status.word()));
    }
    forecast(shown);
    return String.join("   ", shown);
  }

  private void forecast(List<String> shown) {
    if (outlook == null || !Instant.parse(text(outlook, "effective")).isAfter(at())) {
      return;
    }
    shown.add(
        outlook.get("forecast") instanceof Json.Obj forecast
            ? "forecast %d (%d-%d)"
                .formatted(
                    number(forecast, "median"), number(forecast, "low"), number(forecast, "high"))
            : "forecast after 5 workdays");
  }

  private void departments(Console console) {
    var parts = parts();
    if (parts.isEmpty()) {
      return;
    }
    var most = parts.stream().mapToDouble(Part::share).max().orElse(0);
    var table = new Table("DEPARTMENT", "HAS-IT", "OF", "SHARE", "").right("HAS-IT", "OF", "SHARE");
    for (var part : parts.subList(0, Math.min(MOST, parts.size()))) {
      table.row(
          part.name(),
          part.hasIt(),
          part.of(),
          percent(part.hasIt(), part.of()),
          "#".repeat(most == 0 ? 0 : (int) Math.ceil(BAR * part.share() / most)));
    }
    console.blank();
    table.print(console);
    if (parts.size() > MOST) {
      console.line((parts.size() - MOST) + " more; --output json has all.");
    }
  }

  /// Where it is most, first.
  private List<Part> parts() {
    return overview.get("by-department") instanceof Json.Arr(var groups)
        ? groups.stream()
            .map(Json.Obj.class::cast)
            .map(StatusPortrait::part)
            .sorted(Comparator.comparing(Part::hasIt).reversed().thenComparing(Part::name))
            .toList()
        : List.of();
  }

  private static Part part(Json.Obj group) {
    var states = member(group, "states");
    var name = text(group, "name");
    return new Part(
        name.equals("*") ? "(small ones together)" : name.isEmpty() ? "(none)" : name,
        Stream.of(Status.values())
            .filter(Status::hasIt)
            .mapToLong(status -> number(states, status.word()))
            .sum(),
        Stream.of(Status.values()).mapToLong(status -> number(states, status.word())).sum());
  }

  private static String percent(long some, long all) {
    return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
  }

  /// The two greatest units of a time.
  private static String rough(Duration time) {
    var minutes = Math.max(0, time.toMinutes());
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes < 24 * 60
        ? minutes / 60 + "h " + minutes % 60 + "min"
        : minutes / 1440 + "d " + minutes % 1440 / 60 + "h";
  }

  private static Json.Obj member(Json.Obj of, String name) {
    return of.get(name) instanceof Json.Obj found ? found : Json.object().build();
  }

  private static String text(Json.Obj of, String name) {
    return of.get(name) instanceof Json.Text(var text) ? text : "";
  }

  private static long number(Json.Obj of, String name) {
    return of.get(name) instanceof Json.Int(var number) ? number : 0;
  }
}
