package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.wording.Messages;
import dev.interdict.agent.wording.Wording;
import dev.interdict.policy.RuleId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the person is told after a choice: that it was done, or why not.
public record Confirmation(String title, String body) {

  /// The words for `done`, in the language and zone of `notice`; null where nothing is to be said.
  public static @Nullable Confirmation of(Reactions.Done done, Notice notice, Instant now) {
    return switch (done) {
      case Reactions.Done.Silently _ -> null;
      case Reactions.Done.Noted(var rule, var answer) -> {
        var recipient = notice.recipient();
        var texts =
            Wording.answered(
                answer, rule, tool(notice, rule), recipient.language(), recipient.zone(), now);
        yield new Confirmation(texts.title(), texts.body());
      }
      case Reactions.Done.Removing _ -> say(notice, "removing", Map.of());
      case Reactions.Done.Refused(var why) -> say(notice, "refused", Map.of("why", why));
      case Reactions.Done.Unheard _ -> say(notice, "unheard", Map.of());
    };
  }

  private static String tool(Notice notice, RuleId rule) {
    return notice.matters().stream()
        .filter(matter -> matter.rule().equals(rule))
        .map(Matter::tool)
        .findFirst()
        .orElse("");
  }

  private static Confirmation say(Notice notice, String key, Map<String, ?> values) {
    var messages = Messages.load(Confirmation.class, "confirmation", notice.recipient().language());
    return new Confirmation(
        messages.say(key + ".title", Map.of()), messages.say(key + ".body", values));
  }
}
