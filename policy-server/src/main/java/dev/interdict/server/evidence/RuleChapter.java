package dev.interdict.server.evidence;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Overview.Group;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.compliance.Taken;
import dev.interdict.server.failures.FailureRow;
import dev.interdict.server.pdf.Flow;
import dev.interdict.server.pdf.Flow.Column;
import dev.interdict.server.pdf.Ink;
import dev.interdict.server.pdf.PdfPage;
import dev.interdict.server.web.chart.Burndown;
import dev.interdict.server.web.chart.Point;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The report on one rule. Used once.
///
/// @param zone in which times are told
/// @param known up to when there is anything to tell
record RuleChapter(Flow flow, PackWords words, ZoneId zone, Instant known) {
  static final int MOST_CASES = 300;
  static final int MOST_FAILURES = 200;

  /// What is told of a rule.
  ///
  /// @param cases exemptions that held, the first of them
  /// @param failures that are open, the longest of them
  record Told(
      Rule rule,
      Figures figures,
      List<Exempted.Case> cases,
      long allCases,
      List<FailureRow> failures,
      long allFailures) {}

  void write(Told told) {
    var rule = told.rule();
    var timeline = rule.timeline();
    flow.text(Looks.CHAPTER, rule.tool().name());
    flow.space(2);
    flow.text(
        Looks.NOTE,
        words.get(
            "by",
            rule.tool().publisher(),
            words.console().of("enforcement", rule.enforcement()),
            words.dateTime(timeline.announceAt(), timeline.zone()),
            words.dateTime(timeline.term(), timeline.zone()),
            words.console().zone(timeline.zone())));
    flow.text(
        Looks.NOTE,
        words.get("replacement")
            + ": "
            + rule.tool().replacement().name()
            + ", "
            + rule.tool().replacement().url());
    flow.space(8);
    if (told.figures().isEmpty()) {
      flow.text(Looks.BODY, words.get("no-figures"));
    } else {
      headline(told.figures());
      chart(rule, told.figures());
      blind(told.figures().last().counts());
      states(told.figures());
      departments(told.figures());
    }
    exemptions(told);
    failures(told);
  }

  private void section(String key) {
    flow.keep(110);
    flow.space(10);
    flow.text(Looks.SECTION, words.get(key));
    flow.space(3);
  }

  private void headline(Figures figures) {
    var first = figures.first();
    var last = figures.last();
    if (figures.isOfHours()) {
      flow.text(Looks.NOTE, words.get("hours"));
      flow.space(4);
    }
    flow.drawing(
        66,
        (page, top) -> {
          var wide = Flow.WIDTH / 3;
          tile(page, 0, top, "head.start", Looks.HAS, first.counts().hasIt(), first);
          tile(page, wide, top, "head.end", Looks.HAS, last.counts().hasIt(), last);
          tile(page, 2 * wide, top, "head.compliant", Looks.CLEAR, last.counts().compliant(), last);
        });
  }

  private void tile(
      PdfPage page, double left, double top, String key, Ink ink, long part, Taken sample) {
    var x = Flow.LEFT + left;
    var all = sample.counts().total();
    page.text(Looks.LABEL, x, top + 9, words.get(key));
    page.text(Looks.FIGURE.in(ink), x, top + 30, words.console().percent(part, all));
    page.text(Looks.BODY, x, top + 44, words.get("of", part, all));
    page.text(Looks.NOTE, x, top + 56, words.get("counted", words.dateTime(sample.at(), zone)));
  }

  private void chart(Rule rule, Figures figures) {
    var points =
        figures.samples().stream()
            .map(sample -> new Point(sample.at(), sample.counts().hasIt()))
            .toList();
    var timeline = rule.timeline();
    var chart =
        new Burndown(
            points,
            timeline.announceAt(),
            timeline.term(),
            known,
            List.of(),
            null,
            timeline.zone());
    var scale = Flow.WIDTH / Burndown.WIDTH;
    flow.drawing(
        Burndown.HEIGHT * scale,
        (page, top) -> chart.drawOn(new PaperCanvas(page, Flow.LEFT, top, scale), words.console()));
    flow.space(4);
    flow.text(
        Looks.NOTE,
        words.get(
            "course",
            figures.first().counts().hasIt(),
            words.dateTime(figures.first().at(), zone),
            figures.last().counts().hasIt(),
            words.dateTime(figures.last().at(), zone)));
  }

  private void blind(Counts counts) {
    section("blind");
    flow.text(
        Looks.BODY,
        words.get(
            "blind.text",
            counts.get(Status.SILENT),
            counts.get(Status.UNSUPPORTED),
            counts.get(Status.NOT_ENROLLED),
            counts.get(Status.UNEXPECTED),
            counts.get(Status.UNKNOWN)));
  }

  private void states(Figures figures) {
    section("states");
    flow.text(Looks.NOTE, words.get("states.note"));
    flow.space(3);
    var columns = new ArrayList<Column>();
    columns.add(new Column(words.get("day"), 2.7, false));
    for (var key :
        List.of(
            "has",
            "failed",
            "clear",
            "exempt",
            "silent",
            "unsupported",
            "not-enrolled",
            "unexpected",
            "unknown",
            "total")) {
      columns.add(new Column(words.get(key), 1, true));
    }
    flow.table(Looks.CELL, columns, figures.days(zone).stream().map(this::states).toList());
  }

  private List<String> states(Taken sample) {
    var counts = sample.counts();
    var cells = new ArrayList<String>();
    cells.add(words.dateTime(sample.at(), zone));
    for (var n :
        List.of(
            counts.get(Status.PRESENT) + counts.get(Status.REMOVING),
            counts.get(Status.FAILED),
            counts.get(Status.CLEAR) + counts.get(Status.REMOVED),
            counts.get(Status.EXEMPT),
            counts.get(Status.SILENT),
            counts.get(Status.UNSUPPORTED),
            counts.get(Status.NOT_ENROLLED),
            counts.get(Status.UNEXPECTED),
            counts.get(Status.UNKNOWN),
            counts.total())) {
      cells.add(words.console().number(n));
    }
    return cells;
  }

  private void departments(Figures figures) {
    if (figures.departments().isEmpty()) {
      return;
    }
    section("departments");
    flow.text(Looks.NOTE, words.get("departments.note"));
    flow.space(3);
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("department"), 3, false),
            new Column(words.get("workstations"), 1.5, true),
            new Column(words.get("has"), 1, true),
            new Column(words.get("failed"), 1, true),
            new Column(words.get("silent"), 1, true),
            new Column(words.get("unsupported"), 1, true),
            new Column(words.get("compliant"), 2, true)),
        figures.departments().stream().map(this::department).toList());
  }

  private List<String> department(Group group) {
    var counts = group.counts();
    var name =
        switch (group.name()) {
          case "" -> words.get("no-department");
          case Group.SMALL -> words.get("small");
          default -> group.name();
        };
    var number = words.console();
    return List.of(
        name,
        number.number(counts.total()),
        number.number(counts.hasIt()),
        number.number(counts.get(Status.FAILED)),
        number.number(counts.get(Status.SILENT)),
        number.number(counts.get(Status.UNSUPPORTED)),
        words.share(counts.compliant(), counts.total()));
  }

  private void exemptions(Told told) {
    section("exemptions");
    if (told.cases().isEmpty()) {
      flow.text(Looks.BODY, words.get("exemptions.none"));
      return;
    }
    if (told.allCases() > told.cases().size()) {
      flow.text(Looks.NOTE, words.get("exemptions.more", told.cases().size(), told.allCases()));
      flow.space(3);
    }
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("case"), 1.1, false),
            new Column(words.get("workstation"), 2, false),
            new Column(words.get("why"), 3.4, false),
            new Column(words.get("opened"), 2, false),
            new Column(words.get("decided"), 2, false),
            new Column(words.get("until"), 1.8, false),
            new Column(words.get("ended"), 2, false)),
        told.cases().stream().map(this::exemption).toList());
  }

  private List<String> exemption(Exempted.Case one) {
    return List.of(
        one.id(),
        one.host(),
        one.reason(),
        step(one.openedBy(), one.opened()),
        step(one.decidedBy(), one.decided()),
        one.until() == null ? "" : words.dateTime(one.until(), zone),
        one.ended() == null ? words.get("still") : step(one.endedBy(), one.ended()));
  }

  private String step(@Nullable String who, @Nullable Instant when) {
    return who == null || when == null
        ? ""
        : words.get("who-when", who, words.dateTime(when, zone));
  }

  private void failures(Told told) {
    section("hands");
    if (told.failures().isEmpty()) {
      flow.text(Looks.BODY, words.get("hands.none"));
      return;
    }
    flow.text(Looks.NOTE, words.get("hands.note", told.allFailures()));
    if (told.allFailures() > told.failures().size()) {
      flow.text(Looks.NOTE, words.get("hands.more", told.failures().size()));
    }
    flow.space(3);
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("workstation"), 2, false),
            new Column(words.get("department"), 1.6, false),
            new Column(words.get("since"), 1.8, false),
            new Column(words.get("what"), 2.4, false),
            new Column(words.get("next"), 3, false),
            new Column(words.get("owner"), 1.7, false)),
        told.failures().stream().map(this::failure).toList());
  }

  private List<String> failure(FailureRow row) {
    return List.of(
        row.host(),
        row.department(),
        row.since() == null ? "" : words.dateTime(row.since(), zone),
        words.console().named("error", row.error()),
        words.console().named("next", row.error()),
        row.owner() == null ? words.get("nobody") : row.owner());
  }
}
