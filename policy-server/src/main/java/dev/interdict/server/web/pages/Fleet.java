package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Part;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.exemptions.Request;
import dev.interdict.server.risk.OwnedRule;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.web.Masthead;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View.Age;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.RuleHead;
import dev.interdict.server.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that pages may look at; nothing here can change anything. Thread-safe.
///
/// @param published the blocklist in force
/// @param silentAfter as the compliance queries count
/// @param afterwards what came after a rule's date, in the whole fleet
/// @param requests for exemptions from some rules, in the whole fleet, that nobody answered yet;
///   oldest first. To count them is no look at the devices
/// @param contact whom employees ask; empty where it is not said
/// @param zone of the company: in which the time is told that belongs to no rule, and a day begins
/// @param asked the zone in which whoever looks wants every time told; null for the company's and
///   each rule's own
public record Fleet(
    Compliance compliance,
    Supplier<Blocklist> published,
    InstantSource time,
    Duration silentAfter,
    ZoneId zone,
    Afterwards afterwards,
    Function<Collection<RuleId>, List<Request>> requests,
    String contact,
    @Nullable ZoneId asked)
    implements Masthead {

  public Fleet(
      Compliance compliance,
      Supplier<Blocklist> published,
      InstantSource time,
      Duration silentAfter,
      ZoneId zone,
      Afterwards afterwards,
      Function<Collection<RuleId>, List<Request>> requests,
      String contact) {
    this(compliance, published, time, silentAfter, zone, afterwards, requests, contact, null);
  }

  @Override
  public String issuer() {
    return published.get().issuer();
  }

  @Override
  public long ruleCount() {
    return published.get().rules().size();
  }

  @Override
  public long deviceCount() {
    return compliance.size();
  }

  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public Fleet within(Scope scope) {
    return of(compliance.within(scope), asked);
  }

  /// A part of it alone, as far as overviews and their courses go.
  Fleet of(Part part) {
    return of(compliance.of(part), asked);
  }

  /// The same with every time told in one zone; in the usual ones for null.
  Fleet in(@Nullable ZoneId one) {
    return of(compliance, one);
  }

  private Fleet of(Compliance seen, @Nullable ZoneId one) {
    return new Fleet(seen, published, time, silentAfter, zone, afterwards, requests, contact, one);
  }

  /// In which a time is told that belongs to no rule.
  ZoneId shown() {
    return asked == null ? zone : asked;
  }

  /// In which a rule's times are told.
  ZoneId shown(Rule rule) {
    return asked == null ? rule.timeline().zone() : asked;
  }

  /// In which the times of the rule `id` are told, which may no longer be published.
  ZoneId shown(String id) {
    return rule(id).map(this::shown).orElseGet(this::shown);
  }

  /// Whom employees ask; where nobody said it, whoever bans.
  String whom(Words words) {
    return contact.isEmpty() ? words.text("me.contact.none", issuer()) : contact;
  }

  /// The departments of the fleet, by name.
  List<String> departments(Words words) {
    return compliance.departments().keySet().stream().sorted(words.names()).toList();
  }

  /// The rings of the fleet, by name.
  List<String> rings(Words words) {
    return compliance.rings().stream().sorted(words.names()).toList();
  }

  /// Up to `most` versions of the agent, those of most devices first; the empty one never reported.
  List<String> versions(int most) {
    return compliance.versions().entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .sorted(Comparator.comparingLong(each -> -each.getValue()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The published rules, that which matters most first: strictest, then announced last.
  List<Rule> rules() {
    return published.get().rules().stream().sorted(OwnedRule.WEIGHTIEST).toList();
  }

  Optional<Rule> rule(String id) {
    return published.get().rules().stream().filter(rule -> rule.id().value().equals(id)).findAny();
  }

  /// What people call the rule `id`, which may no longer be published.
  String name(String id) {
    return rule(id).map(rule -> rule.tool().name()).orElse(id);
  }

  List<RuleHead> heads(Words words) {
    return rules().stream().map(rule -> head(rule, words)).toList();
  }

  /// A rule as a line or heading.
  RuleHead head(Rule rule, Words words) {
    return RuleText.head(rule, shown(rule), words);
  }

  Clock clock() {
    return new Clock(time.instant(), shown());
  }

  /// How old what devices told is.
  Age reported() {
    return new Age(compliance.lastReport(), clock());
  }

  /// The same beside the answers of a list.
  Row reportedRow() {
    var last = compliance.lastReport();
    return new Row(Json.object().put("at", last == null ? null : last.toString()).build());
  }
}
