package dev.interdict.agent.wording;

import dev.interdict.policy.RuleId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a person can read in one notice, in one language. Inert by construction: no control
/// character, no reordering, one line each ([Inert]).
///
/// @param sender who speaks, such as "Interdict: IT notice"
/// @param link where the replacement is found; null where this occasion offers none
/// @param more how to learn more on a command line
/// @param choices what the person may answer, at most three
public record Texts(
    String sender,
    String title,
    String body,
    @Nullable Link link,
    String more,
    List<Choice> choices) {

  /// An address with what is there.
  public record Link(String name, String url) {
    public Link {
      name = Inert.text(name);
      url = Inert.text(url);
    }
  }

  /// An answer that a channel may offer as a button.
  ///
  /// @param key stable name, such as `defer`; never shown
  /// @param rules those to which the answer applies, at least one
  public record Choice(String key, String label, List<RuleId> rules) {
    public Choice {
      key = Inert.text(key);
      label = Inert.text(label);
      rules = List.copyOf(rules);
    }
  }

  public Texts {
    sender = Inert.text(sender);
    title = Inert.text(title);
    body = Inert.text(body);
    more = Inert.text(more);
    choices = List.copyOf(choices);
    if (choices.size() > 3) {
      throw new IllegalArgumentException("a notice has at most 3 choices, not " + choices.size());
    }
  }
}
