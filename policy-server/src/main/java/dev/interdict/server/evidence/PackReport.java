package dev.interdict.server.evidence;

import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.pdf.Flow;
import dev.interdict.server.pdf.Flow.Column;
import dev.interdict.server.pdf.PdfDocument;
import dev.interdict.server.pdf.PdfPage;
import dev.interdict.server.publish.Published;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The report to read, as a PDF. Used once.
final class PackReport {
  private final Asked asked;
  private final Instant known;
  private final Lists lists;
  private final PackWords words;
  private final PdfDocument document;
  private final Flow flow;

  PackReport(Asked asked, Instant known, Lists lists, PackWords words) {
    this.asked = asked;
    this.known = known;
    this.lists = lists;
    this.words = words;
    this.document =
        new PdfDocument(
            words.get("title") + " · " + what() + " · " + days(), asked.language().tag(), known);
    this.flow = new Flow(document);
  }

  /// @param deeds one more than is shown where there are more
  /// @param timestamp the signed one of the repository; null where there is none
  byte[] write(
      List<RuleChapter.Told> rules,
      List<AuditEntry> deeds,
      LogRows log,
      @Nullable Timestamp timestamp) {
    cover(rules);
    for (var told : rules) {
      if (rules.size() > 1) {
        flow.newPage();
      }
      new RuleChapter(flow, words, asked.period().zone(), known).write(told);
    }
    flow.space(16);
    flow.keep(140);
    deeds(deeds);
    flow.space(14);
    proof(log, timestamp);
    feet();
    return document.bytes();
  }

  private String what() {
    var id = asked.rule();
    var rule = id == null ? null : lists.rules().get(id);
    return rule == null ? words.get("all-rules") : rule.tool().name();
  }

  private String days() {
    var period = asked.period();
    return words.get(
        "period.days",
        words.console().date(period.start(), period.zone()),
        words.console().date(period.to().atStartOfDay(period.zone()).toInstant(), period.zone()),
        period.zone().getId());
  }

  private String time(Instant at) {
    return words.dateTime(at, asked.period().zone());
  }

  private void cover(List<RuleChapter.Told> rules) {
    flow.drawing(6, (page, top) -> page.fill(Looks.ACCENT, Flow.LEFT, top, 46, 4));
    flow.space(8);
    flow.text(Looks.TITLE, words.get("title"));
    flow.space(6);
    fact("company", lists.issuer());
    fact("of-rule", what());
    fact("period", days());
    fact(
        "known",
        known.isBefore(asked.period().end())
            ? words.get("known.open", time(known))
            : words.get("known.whole"));
    flow.space(8);
    flow.text(Looks.NOTE, words.get("note"));
    flow.space(12);
    if (rules.size() == 1) {
      // Its own chapter begins right here.
      return;
    }
    flow.text(Looks.SECTION, words.get("summary"));
    flow.space(3);
    if (rules.isEmpty()) {
      flow.text(Looks.BODY, words.get("summary.none"));
      return;
    }
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("rule"), 2.4, false),
            new Column(words.get("replacement"), 1.6, false),
            new Column(words.get("effective"), 2.4, false),
            new Column(words.get("start"), 2.2, true),
            new Column(words.get("end"), 2.2, true),
            new Column(words.get("compliant"), 2.2, true)),
        rules.stream().map(this::line).toList());
  }

  private void fact(String key, String text) {
    flow.text(Looks.BODY, words.get(key) + ":  " + text);
  }

  private List<String> line(RuleChapter.Told told) {
    var tool = told.rule().tool();
    var timeline = told.rule().timeline();
    var figures = told.figures();
    var none = words.get("none");
    return List.of(
        tool.name(),
        tool.replacement().name(),
        words.dateTime(timeline.term(), timeline.zone()),
        figures.isEmpty() ? none : has(figures.first().counts()),
        figures.isEmpty() ? none : has(figures.last().counts()),
        figures.isEmpty()
            ? none
            : words.share(figures.last().counts().compliant(), figures.last().counts().total()));
  }

  private String has(Counts counts) {
    return words.share(counts.hasIt(), counts.total());
  }

  private void deeds(List<AuditEntry> deeds) {
    flow.text(Looks.CHAPTER, words.get("deeds"));
    flow.space(2);
    flow.text(Looks.NOTE, words.get("deeds.note"));
    flow.space(4);
    if (deeds.isEmpty()) {
      flow.text(Looks.BODY, words.get("deeds.none"));
      return;
    }
    var shown = deeds;
    if (deeds.size() > Deeds.MOST) {
      shown = deeds.subList(1, deeds.size());
      flow.text(Looks.NOTE, words.get("deeds.more", Deeds.MOST));
    }
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("entry"), 0.8, true),
            new Column(words.get("when"), 2, false),
            new Column(words.get("who"), 1.4, false),
            new Column(words.get("deed"), 2, false),
            new Column(words.get("object"), 1.6, false),
            new Column(words.get("why"), 3.4, false)),
        shown.stream().map(this::deed).toList());
  }

  private List<String> deed(AuditEntry entry) {
    return List.of(
        Long.toString(entry.seq()),
        time(entry.at()),
        entry.actor(),
        words.deed(entry.action()),
        entry.object(),
        Deeds.why(entry));
  }

  private void proof(LogRows log, @Nullable Timestamp timestamp) {
    flow.keep(120);
    flow.text(Looks.CHAPTER, words.get("proof"));
    flow.space(2);
    flow.text(Looks.NOTE, words.get("proof.how"));
    flow.space(8);
    var range = log.range();
    flow.text(
        Looks.BODY,
        range.count() == 0
            ? words.get("proof.log.none")
            : words.get(
                "proof.log",
                Long.toString(range.first()),
                Long.toString(range.last()),
                range.count()));
    flow.text(Looks.BODY, words.get("proof.before", written(log.before())));
    flow.text(Looks.BODY, words.get("proof.head", written(log.head())));
    flow.text(
        Looks.BODY,
        timestamp == null || timestamp.log() == null
            ? words.get("proof.no-checkpoint")
            : words.get(
                "proof.checkpoint",
                written(timestamp.log()),
                Long.toString(timestamp.header().version())));
    flow.space(8);
    flow.text(Looks.NOTE, words.get("proof.lists"));
    flow.space(3);
    flow.table(
        Looks.CELL,
        List.of(
            new Column(words.get("proof.serial"), 0.7, true),
            new Column(words.get("proof.shown"), 1.8, false),
            new Column(words.get("who"), 1.1, false),
            new Column(words.get("proof.change"), 2.2, false),
            new Column("SHA-256", 4.4, false)),
        lists.published().stream().map(this::list).toList());
  }

  private String written(@Nullable LogHead head) {
    return head == null ? words.get("nothing") : head.length() + ":" + head.sha256();
  }

  private List<String> list(Published one) {
    return List.of(
        Long.toString(one.serial()),
        time(Lists.shownAt(one)),
        one.actor(),
        one.summary(),
        one.sha256());
  }

  private void feet() {
    var pages = new ArrayList<>(document.pages());
    for (var i = 0; i < pages.size(); i++) {
      var base = PdfPage.HEIGHT - 32;
      var number = words.get("page", i + 1, pages.size());
      var room = Flow.WIDTH - Looks.NOTE.width(number) - 12;
      pages
          .get(i)
          .text(
              Looks.NOTE,
              Flow.LEFT,
              base,
              Looks.NOTE.cut(
                  words.get("title") + " · " + lists.issuer() + " · " + what() + " · " + days(),
                  room));
      pages.get(i).textBefore(Looks.NOTE, Flow.LEFT + Flow.WIDTH, base, number);
    }
  }
}
