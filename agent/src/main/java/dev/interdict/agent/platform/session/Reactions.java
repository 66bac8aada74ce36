package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.pipe.RefusedByGuardException;
import dev.interdict.agent.wording.Answered;
import dev.interdict.agent.wording.Texts;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the choices of a notice do: each is asked of the guard as the person, or opens a page.
public final class Reactions {
  /// Where no later reminder is planned, "later" is the next day.
  private static final Duration LATER = Duration.ofDays(1);

  /// What the guard is told as the reason of a deferral, which a button has no room to ask for.
  private static final String BY_BUTTON = "chosen in the notice";

  private final GuardClient guard;
  private final Doors doors;
  private final Notice notice;
  private final InstantSource clock;

  public Reactions(GuardClient guard, Doors doors, Notice notice, InstantSource clock) {
    this.guard = guard;
    this.doors = doors;
    this.notice = notice;
    this.clock = clock;
  }

  /// What came of a choice, to be confirmed to the person.
  public sealed interface Done {
    /// Nothing is to be said: what was chosen is seen.
    record Silently() implements Done {}

    /// The guard has noted an answer, which applies to `rule` and maybe to others.
    record Noted(RuleId rule, Answered answer) implements Done {}

    /// Removal has begun.
    record Removing() implements Done {}

    /// @param why in the guard's words
    record Refused(String why) implements Done {}

    /// The guard gave no answer, so nothing is known to have changed.
    record Unheard() implements Done {}
  }

  /// Does what `choice` stands for. A key that is none of ours does nothing.
  public Done to(Texts.Choice choice) {
    try {
      return switch (choice.key()) {
        case "get", "open" -> web(choice);
        case "why", "what", "list", "details", "exempt", "extend", "retry" -> page(choice);
        case "remind" -> remind(choice);
        case "defer" -> defer(choice);
        case "remove" -> remove(choice);
        default -> new Done.Silently();
      };
    } catch (RefusedByGuardException e) {
      return new Done.Refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Done.Unheard();
    }
  }

  private Done page(Texts.Choice choice) {
    doors.page(choice.rules().getFirst());
    return new Done.Silently();
  }

  /// Several rules with several replacements have their addresses on the page.
  private Done web(Texts.Choice choice) {
    var addresses =
        matters(choice).stream()
            .map(Matter::replacementUrl)
            .distinct()
            .map(Reactions::https)
            .toList();
    var address = addresses.size() == 1 ? addresses.getFirst() : null;
    if (address == null) {
      return page(choice);
    }
    doors.web(address);
    return new Done.Silently();
  }

  private List<Matter> matters(Texts.Choice choice) {
    return notice.matters().stream()
        .filter(matter -> choice.rules().contains(matter.rule()))
        .toList();
  }

  /// The address of a page, or null where `text` is anything else.
  static @Nullable URI https(String text) {
    try {
      var address = new URI(text);
      return "https".equals(address.getScheme()) && address.getHost() != null ? address : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// Each rule is asked to wait until its own next reminder; what has none planned comes with the
  /// first of the others. The first is what the button has promised.
  private Done remind(Texts.Choice choice) throws IOException {
    var planned = matters(choice).stream().map(this::planned).filter(Objects::nonNull).toList();
    var first = planned.stream().min(Comparator.naturalOrder()).orElse(later());
    Instant soonest = null;
    for (var matter : matters(choice)) {
      var own = planned(matter);
      var until = (own == null ? first : own).toString();
      var answer = guard.ask("remind", matter.rule().value(), Map.of("until", until));
      var at = instant(answer, "until");
      soonest = soonest == null || at.isBefore(soonest) ? at : soonest;
    }
    return soonest == null
        ? new Done.Silently()
        : new Done.Noted(choice.rules().getFirst(), new Answered.ReminderSet(here(soonest)));
  }

  private Instant later() {
    return clock.instant().plus(LATER);
  }

  /// When a matter's next reminder is due, or null where none is to come.
  private @Nullable Instant planned(Matter matter) {
    var next =
        switch (matter.phase()) {
          case Phase.Reminder reminder -> reminder.nextReminder();
          case Phase.DayBefore before -> before.nextReminder();
          default -> null;
        };
    return next == null || !next.toInstant().isAfter(clock.instant()) ? null : next.toInstant();
  }

  private Done defer(Texts.Choice choice) throws IOException {
    Answered answered = null;
    for (var rule : choice.rules()) {
      var answer = guard.ask("defer", rule.value(), Map.of("times", "1", "reason", BY_BUTTON));
      if (answered == null) {
        var last = answer.get("last") instanceof Json.Text ? instant(answer, "last") : null;
        answered =
            new Answered.PutOff(
                here(instant(answer, "date")),
                answer.get("left") instanceof Json.Int(var left) ? (int) left : 0,
                last == null ? null : here(last));
      }
    }
    return answered == null
        ? new Done.Silently()
        : new Done.Noted(choice.rules().getFirst(), answered);
  }

  private Done remove(Texts.Choice choice) throws IOException {
    for (var rule : choice.rules()) {
      guard.ask("remove", rule.value());
    }
    return new Done.Removing();
  }

  private ZonedDateTime here(Instant at) {
    return at.atZone(notice.recipient().zone());
  }

  private static Instant instant(Json.Obj answer, String name) throws IOException {
    if (answer.get(name) instanceof Json.Text(var text)) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IOException("the guard's \"" + name + "\" is no time: " + text, e);
      }
    }
    throw new IOException("the guard's answer has no \"" + name + "\"");
  }
}
