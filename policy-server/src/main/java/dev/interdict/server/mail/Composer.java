package dev.interdict.server.mail;

import dev.interdict.identity.Printable;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.events.Event;
import dev.interdict.server.exemptions.Upkeep;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Writes mails. Whatever a device or a person wrote is text in them: in one line, without what
/// nobody sees, and escaped where it stands in HTML. Thread-safe.
final class Composer {
  private static final int MOST = 300;
  private static final List<String> SHOWN =
      List.of("host", "case", "reason", "until", "serial", "summary", "words", "held");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", java.util.Locale.ENGLISH);

  private final MailWords words;
  private final Supplier<Blocklist> inForce;
  private final Compliance compliance;
  private final ZoneId zone;

  Composer(MailWords words, Supplier<Blocklist> inForce, Compliance compliance, ZoneId zone) {
    this.words = words;
    this.inForce = inForce;
    this.compliance = compliance;
    this.zone = zone;
  }

  /// What is told of an event, to each of those people.
  ///
  /// @param link where they see more
  List<Mail> event(Event event, List<String> recipients, String link) {
    if (recipients.isEmpty()) {
      return List.of();
    }
    var caption = event.caption(words.locale());
    var rows = new LinkedHashMap<String, String>();
    if (event.rule() != null) {
      rows.put(words.get("rule"), name(event.rule()));
    }
    for (var each : SHOWN) {
      var value = event.text(each);
      if (value != null) {
        rows.put(words.get(each), printed(value(each, value)));
      }
    }
    if (event.actor() != null) {
      rows.put(words.get("who"), who(event.actor()));
    }
    rows.put(words.get("when"), time(event.at()));
    rows.put(words.get("more"), link);
    var subject =
        "[Interdict] " + caption + (event.rule() == null ? "" : ": " + name(event.rule()));
    var plain = new StringBuilder(caption).append("\n\n");
    rows.forEach((label, value) -> plain.append(label).append(": ").append(value).append('\n'));
    var html = new StringBuilder("<table>");
    rows.forEach((label, value) ->
        html.append("<tr><th style=\"text-align:left\">")
            .append(escaped(label))
            .append("</th><td>")
            .append(escaped(value))
            .append("</td></tr>"));
    html.append("</table>");
    return mails(event.id(), recipients, subject, plain.toString(), caption, html.toString());
  }

  /// What the server wrote down, as its reader says it; what people wrote as they did.
  private String value(String name, String value) {
    return switch (name) {
      case "until" -> instant(value);
      case "held" -> value.equals("all") ? words.get("held.all") : names(value);
      case "summary" -> Changes.told(value, words, this::name);
      default -> value;
    };
  }

  private String who(String actor) {
    return actor.equals(Upkeep.DATE) ? words.get("who.the-date") : printed(actor);
  }

  private String instant(String text) {
    try {
      return time(Instant.parse(text));
    } catch (DateTimeException e) {
      return text;
    }
  }

  private String names(String held) {
    return Arrays.stream(held.split(", ", -1)).map(this::name).collect(Collectors.joining(", "));
  }

  /// Who complies, as the console counts at this moment.
  List<Mail> report(Summary summary, Instant now, List<String> recipients) {
    var counts = new LinkedHashMap<String, Counts>();
    summary
        .rules()
        .forEach(rule -> counts.put(name(inForce.get(), rule), compliance.total(rule).counts()));
    var asked = summary.title();
    var title = asked == null ? words.get("report.title") : printed(asked);
    var at = words.get("report.at", time(now));
    var plain = new StringBuilder(title).append("\n").append(at).append("\n\n");
    var html = new StringBuilder("<p>").append(escaped(at)).append("</p>");
    if (counts.isEmpty()) {
      plain.append(words.get("report.none")).append('\n');
      html.append("<p>").append(escaped(words.get("report.none"))).append("</p>");
    } else {
      table(counts, plain, html);
    }
    if (summary.link() != null) {
      var more = words.get("more") + ": " + summary.link();
      plain.append('\n').append(more).append('\n');
      html.append("<p>").append(escaped(more)).append("</p>");
    }
    return mails(
        summary.key(),
        recipients,
        "[Interdict] " + (asked == null ? subject(counts) : title + ": " + having(counts)),
        plain.toString(),
        title,
        html.toString());
  }

  private String subject(SequencedMap<String, Counts> counts) {
    var whole = counts.values().stream().filter(one -> one.compliant() == one.total()).count();
    return words.get("report.subject", whole, counts.size());
  }

  private String having(SequencedMap<String, Counts> counts) {
    return counts.size() == 1
        ? words.get(
            "report.having",
            counts.firstEntry().getValue().hasIt(),
            counts.firstEntry().getValue().total())
        : subject(counts);
  }

  /// The ids of all rules in force, in their order.
  static List<String> all(Blocklist list) {
    return list.rules().stream().map(rule -> rule.id().value()).sorted().toList();
  }

  private void table(SequencedMap<String, Counts> counts, StringBuilder plain, StringBuilder html) {
    html.append("<table border=\"1\" cellpadding=\"4\" style=\"border-collapse:collapse\"><tr>");
    for (var label : List.of("rule", "has", "compliant", "failed", "silent", "unsupported")) {
      html.append("<th>").append(escaped(words.get("report." + label))).append("</th>");
    }
    html.append("</tr>");
    counts.forEach((rule, one) -> {
      var share = words.get("report.share", one.compliant(), one.total(), percent(one));
      plain.append(rule).append('\n');
      html.append("<tr><td>").append(escaped(rule)).append("</td>");
      cell(plain, html, "has", number(one.hasIt()));
      cell(plain, html, "compliant", share);
      cell(plain, html, "failed", number(one.get(Status.FAILED)));
      cell(plain, html, "silent", number(one.get(Status.SILENT)));
      cell(plain, html, "unsupported", number(one.get(Status.UNSUPPORTED)));
      plain.append('\n');
      html.append("</tr>");
    });
    var note = words.get("report.note");
    plain.append(note).append('\n');
    html.append("</table><p>").append(escaped(note)).append("</p>");
  }

  private void cell(StringBuilder plain, StringBuilder html, String label, String value) {
    plain.append("  ").append(words.get("report." + label)).append(": ").append(value).append('\n');
    html.append("<td style=\"text-align:right\">").append(escaped(value)).append("</td>");
  }

  private List<Mail> mails(
      String key,
      List<String> recipients,
      String subject,
      String plain,
      String title,
      String html) {
    var issuer = inForce.get().issuer();
    return recipients.stream()
        .distinct()
        .map(to -> mail(words, issuer, key + "/" + to, to, subject, plain, title, html))
        .toList();
  }

  /// One mail to one person, with its last line.
  ///
  /// @param issuer who bans; empty where nobody does yet
  /// @param html a piece of a document, escaped where it has to be
  static Mail mail(
      MailWords words,
      String issuer,
      String key,
      String to,
      String subject,
      String plain,
      String title,
      String html) {
    var footer =
        issuer.isEmpty() ? words.get("footer.nobody") : words.get("footer", printed(issuer));
    var document =
        "<!doctype html><html lang=\""
            + words.locale().toLanguageTag()
            + "\"><head><meta charset=\"utf-8\"><title>"
            + escaped(title)
            + "</title></head><body style=\"font-family:sans-serif\"><h1 style=\"font-size:20px\">"
            + escaped(title)
            + "</h1>"
            + html
            + "<p style=\"color:#55606f\">"
            + escaped(footer)
            + "</p></body></html>";
    return new Mail(key, to, printed(subject), plain + "\n-- \n" + footer, document);
  }

  private String name(String rule) {
    return name(inForce.get(), rule);
  }

  /// What people call a rule; its id where the list does not have it.
  static String name(Blocklist list, String rule) {
    return list.rules().stream()
        .filter(each -> each.id().value().equals(rule))
        .map(each -> printed(each.tool().name()))
        .findAny()
        .orElse(rule);
  }

  private String percent(Counts counts) {
    var format = NumberFormat.getPercentInstance(words.locale());
    format.setMaximumFractionDigits(2);
    return format.format(counts.compliantBasisPoints() / 10_000.0);
  }

  private String number(long n) {
    return NumberFormat.getIntegerInstance(words.locale()).format(n);
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  private static String printed(String text) {
    return Printable.of(text, MOST);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
