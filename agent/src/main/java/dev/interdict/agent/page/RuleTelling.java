package dev.interdict.agent.page;

import dev.interdict.agent.page.View.Choice;
import dev.interdict.agent.page.View.Event;
import dev.interdict.agent.page.View.Found;
import dev.interdict.agent.page.View.Link;
import dev.interdict.agent.page.View.RuleView;
import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.wording.Inert;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells one rule as it stands for the person.
///
/// @param rule as the guard's `status` has it
record RuleTelling(GuardAnswer rule, Phrases words) {
  private static final Set<String> PHASES =
      Set.of(
          "announced",
          "reminder",
          "day-before",
          "last-hour",
          "enforced",
          "removed",
          "failed",
          "exempted",
          "exemption-ending",
          "exemption-refused",
          "restored",
          "called-off");
  private static final Set<String> OUTCOMES =
      Set.of("shown", "no-session", "do-not-disturb", "refused", "failed");
  private static final Set<String> ANSWERS =
      Set.of(
          "remind",
          "put-off",
          "remove-now",
          "exemption-request",
          "exemption-code",
          "not-that-tool");
  private static final Set<String> STATES = Set.of("waiting", "granted", "refused", "confirmed");

  private String kind() {
    return rule.get("verdict").get("kind").raw();
  }

  /// Whether the rule is in force here at all; one that is not announced is not spoken of.
  boolean applies() {
    return switch (kind()) {
      case "waiting", "due", "exempt", "held" -> true;
      default -> false;
    };
  }

  /// Whether there is something to tell this person.
  boolean concerns() {
    return applies()
        && !(own().isEmpty()
            && rule.get("told").items().isEmpty()
            && rule.get("answers").items().isEmpty());
  }

  String tool() {
    var name = Inert.text(rule.get("name").raw());
    return name.isEmpty() ? rule.get("id").raw() : name;
  }

  /// What lies in this person's home or belongs to nobody: nothing of others, whoever asks.
  private List<GuardAnswer> own() {
    return rule.get("findings").items().stream()
        .filter(found -> found.get("yours").flag() || found.get("user").raw().isEmpty())
        .toList();
  }

  private ZoneId zone() {
    return words.zone(rule.get("zone"));
  }

  private @Nullable Instant at() {
    var date = rule.get("verdict").get("date");
    var end = date.get("end").instant();
    return end == null ? date.get("at").instant() : end;
  }

  RuleView view() {
    var id = rule.get("id").raw();
    var removes = rule.get("enforcement").raw().equals("remove");
    var today = words.now().atZone(zone()).toLocalDate();
    return new RuleView(
        id,
        tone(),
        tool(),
        words.say("state." + tone()),
        sentence(),
        sub(),
        words.local(rule.get("reason")),
        decided(),
        rule.get("evidence").texts().stream().map(text -> link(text, text)).toList(),
        replacement(),
        happens(removes),
        how(),
        found(),
        rule.get("can").texts(),
        later(),
        putOff(),
        today.plusDays(1).toString(),
        today.plusDays(179).toString(),
        events());
  }

  private String tone() {
    return own().isEmpty()
        ? "gone"
        : switch (kind()) {
          case "due", "exempt", "held" -> kind();
          default -> "waiting";
        };
  }

  private String sentence() {
    var values =
        Map.of(
            "tool", tool(),
            "date", words.date(at(), zone()),
            "until", words.date(rule.get("verdict").get("until").instant(), zone()));
    return switch (tone()) {
      case "gone" -> words.say("sentence.gone", values);
      case "exempt" -> words.say("sentence.exempt", values);
      case "held" -> words.say("sentence.held", values);
      case "due" -> words.say("sentence.due." + effect(), values);
      default ->
          at() == null
              ? words.say("sentence.unset", values)
              : words.say("sentence.waiting." + effect(), values);
    };
  }

  /// What the rule does at most.
  private String effect() {
    var enforcement = rule.get("enforcement").raw();
    return switch (enforcement) {
      case "observe", "notify", "block" -> enforcement;
      default -> "remove";
    };
  }

  private String sub() {
    var verdict = rule.get("verdict");
    var at = at();
    return switch (tone()) {
      case "waiting" -> at == null ? words.say("sub.unset") : words.until(at, zone());
      case "exempt" ->
          words.say(
              verdict.get("granted-by").raw().isEmpty() ? "sub.exempt.code" : "sub.exempt",
              Map.of(
                  "who", verdict.get("granted-by").raw(),
                  "case", verdict.get("case").raw(),
                  "why", verdict.get("why").raw()));
      case "held" ->
          words.say(
              switch (verdict.get("hold").raw()) {
                case "stopped" -> "sub.held.stopped";
                case "policy-expired" -> "sub.held.policy-expired";
                case "too-many-matches" -> "sub.held.too-many-matches";
                default -> "sub.held.other";
              });
      case "due" -> words.say("sub.due." + effect());
      default -> words.say("sub.gone");
    };
  }

  private String decided() {
    var by = String.join(words.say("list.and"), rule.get("decided-by").texts());
    return by.isEmpty()
        ? ""
        : words.say("decided", Map.of("who", by, "on", rule.get("decided-on").raw()));
  }

  private @Nullable Link replacement() {
    var name = Inert.text(rule.get("replacement").raw());
    return name.isEmpty() ? null : link(name, rule.get("replacement-url").raw());
  }

  /// Leads only to `https` pages.
  static Link link(String text, String address) {
    try {
      var uri = URI.create(address);
      var leads = "https".equals(uri.getScheme()) && uri.getHost() != null;
      return new Link(Inert.text(text), leads ? uri.toASCIIString() : null);
    } catch (IllegalArgumentException e) {
      return new Link(Inert.text(text), null);
    }
  }

  private List<Choice> happens(boolean removes) {
    var all = new ArrayList<Choice>();
    all.add(new Choice(words.say("happens.what"), words.say("happens." + effect())));
    var keep = String.join(words.say("list.comma"), rule.get("keep").texts());
    all.add(
        new Choice(
            words.say("happens.kept"),
            keep.isEmpty()
                ? words.say("happens.projects")
                : words.say("happens.keep", Map.of("places", keep))));
    if (removes) {
      all.add(new Choice(words.say("happens.held"), words.say("happens.quarantine")));
    }
    return all;
  }

  private List<String> how() {
    var date = rule.get("verdict").get("date");
    if (date.json() == null) {
      return List.of();
    }
    var all = new ArrayList<String>();
    all.add(
        words.say(
            "how.effective", Map.of("date", words.date(date.get("effective").instant(), zone()))));
    if (!date.get("ring").raw().isEmpty()) {
      all.add(words.say("how.ring", Map.of("ring", date.get("ring").raw())));
    }
    var notice = date.get("notice-ends").instant();
    all.add(
        notice == null
            ? words.say("how.no-notice")
            : words.say("how.notice", Map.of("date", words.date(notice, zone()))));
    all.add(
        words.say(
            switch (date.get("set-by").raw()) {
              case "minimum-notice" -> "how.set.minimum-notice";
              case "request" -> "how.set.request";
              case "deferral" -> "how.set.deferral";
              case "out-of-contact" -> "how.set.out-of-contact";
              case "first-notice-outstanding" -> "how.set.first-notice";
              default -> "how.set.effective-date";
            }));
    return all;
  }

  private List<Found> found() {
    return own().stream()
        .map(found -> {
          var version = Inert.text(found.get("version").raw());
          var name = Inert.text(found.get("identity").raw());
          var disputed = found.get("disputed").flag();
          return new Found(
              found.get("key").raw(),
              version.isEmpty() ? name : name + " " + version,
              Inert.text(found.get("location").raw()),
              disputed
                  ? words.say("found.disputed")
                  : found.get("running").number() > 0 ? words.say("found.running") : "",
              found.get("disputable").flag() && !disputed);
        })
        .toList();
  }

  private List<Choice> later() {
    var at = at();
    return Deeds.LATER.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(one ->
            at == null || words.now().plus(one.getValue()).isBefore(at.minus(Duration.ofHours(1))))
        .map(one -> new Choice(one.getKey(), words.say("later." + one.getKey())))
        .toList();
  }

  private String putOff() {
    var deferral = rule.get("deferral");
    var last = deferral.get("last").instant();
    return words.say(
        "put-off",
        Map.of(
            "left",
            (int) Math.min(deferral.get("left").number(), 1000),
            "last",
            words.date(last, zone())));
  }

  private record Dated(Instant at, String what) {}

  /// What the person was told and answered, the newest first.
  private List<Event> events() {
    var all = new ArrayList<Dated>();
    for (var told : rule.get("told").items()) {
      var phase = told.get("phase").raw();
      var outcome = told.get("outcome").raw();
      add(
          all,
          told,
          words.say(
              "told",
              Map.of(
                  "what", words.say("phase." + known(PHASES, phase)),
                  "outcome", words.say("outcome." + known(OUTCOMES, outcome)))));
    }
    for (var answer : rule.get("answers").items()) {
      var state = answer.get("state").raw();
      var until = answer.get("until").instant();
      var text = words.say("answer." + known(ANSWERS, answer.get("kind").raw()));
      if (until != null) {
        text =
            words.say("answered.until", Map.of("what", text, "until", words.date(until, zone())));
      }
      if (STATES.contains(state)) {
        text = words.say("answered", Map.of("what", text, "state", words.say("is." + state)));
      }
      add(all, answer, text);
    }
    all.sort(Comparator.comparing(Dated::at).reversed());
    return all.stream()
        .map(one -> new Event(words.date(one.at(), words.here()), one.what()))
        .toList();
  }

  private static void add(List<Dated> all, GuardAnswer when, String what) {
    var at = when.get("at").instant();
    if (at != null) {
      all.add(new Dated(at, what));
    }
  }

  private static String known(Set<String> names, String name) {
    return names.contains(name) ? name : "other";
  }
}
