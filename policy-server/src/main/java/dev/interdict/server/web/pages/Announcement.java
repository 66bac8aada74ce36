package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Words;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// A text by which people may announce a rule, in a mail or a chat: what employees read in the
/// first notice, why, what to use instead, and whom to ask. Immutable.
///
/// @param tag the BCP 47 tag of its language
public record Announcement(String tag, String text) {

  /// In each language; none of a rule that is only observed, of which nobody is told.
  static List<Announcement> of(Rule rule, Fleet fleet) {
    return rule.enforcement() == Enforcement.OBSERVE
        ? List.of()
        : Arrays.stream(Language.values())
            .map(language -> of(rule, fleet, Words.in(language)))
            .toList();
  }

  private static Announcement of(Rule rule, Fleet fleet, Words words) {
    var tool = rule.tool();
    var date = rule.timeline().effective().toLocalDate();
    var first = Notice.announced(rule, words);
    var reason = words.tag().equals("en") ? tool.reason().en() : tool.reason().zhCn();
    return new Announcement(
        words.tag(),
        words.text(
            "told.announcement",
            first.title(),
            first.body(),
            reason,
            tool.replacement().name(),
            tool.replacement().url(),
            request(rule.id().value(), date.plusMonths(1)),
            fleet.whom(words)));
  }

  /// How somebody asks on the computer for an exemption until that day.
  static String request(String rule, LocalDate until) {
    return "interdict-agent request-exemption " + rule + " --until " + until + " --reason \"...\"";
  }
}
