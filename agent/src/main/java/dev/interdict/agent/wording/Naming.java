package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.policy.RuleId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names several tools in one text, as many as there is room for.
final class Naming {
  private Naming() {}

  /// How a tool is called: by its name, or by its rule's id where nothing of the name is readable.
  static String of(RuleId rule, String tool) {
    var name = Inert.text(tool);
    return name.isEmpty() ? rule.value() : name;
  }

  private static String of(Matter matter) {
    return of(matter.rule(), matter.tool());
  }

  /// The message `key` with `{names}` of `matters`, in at most `budget` columns: as many names as
  /// fit, the others counted.
  static String fitted(Facts facts, String key, List<Matter> matters, int budget) {
    var longest = longest(facts, key, matters, budget);
    return longest == null ? facts.fitted(key, budget) : longest;
  }

  /// As [#fitted]; null where it does not fit even with one name.
  static @Nullable String longest(Facts facts, String key, List<Matter> matters, int budget) {
    for (var named = matters.size(); named > 0; named--) {
      var text = facts.put("names", names(facts, matters, named)).say(key);
      if (Columns.of(text) <= budget) {
        return text;
      }
    }
    return null;
  }

  /// The first `named` of the names, and how many there are beyond them.
  private static String names(Facts facts, List<Matter> matters, int named) {
    var all = matters.size();
    var head = of(matters.getFirst());
    for (var i = 1; i < named; i++) {
      var last = i == all - 1;
      facts.put("head", head).put("name", of(matters.get(i)));
      head = facts.say(last ? "names.last" : "names.next");
    }
    if (named == all) {
      return head;
    }
    return facts.put("head", head).put("rest", all - named).say("names.more");
  }
}
