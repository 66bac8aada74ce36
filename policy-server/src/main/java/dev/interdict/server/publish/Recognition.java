package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Since when the published list recognises a tool in the way that a rule does. What devices
/// reported under an earlier serial says nothing of the rule. Thread-safe.
public final class Recognition {
  private final Publications publications;

  public Recognition(Publications publications) {
    this.publications = publications;
  }

  /// The first serial of those, up to the newest, whose list recognises the tool as `rule` does;
  /// empty if the newest does not, or has no such rule.
  ///
  /// @throws JsonException if a published document cannot be read
  public OptionalLong since(RuleId id, Json rule) throws JsonException {
    var since = OptionalLong.empty();
    for (var publication : publications.list()) {
      if (publication.shownAt() == null) {
        continue;
      }
      var document = publications.document(publication.serial()).orElseThrow();
      var then = BlocklistDraft.of(document).rules().get(id);
      if (then == null || !marks(then).equals(marks(rule))) {
        break;
      }
      since = OptionalLong.of(publication.serial());
    }
    return since;
  }

  /// What decides whether something is the tool: its matchers, and what is spared as its
  /// replacement.
  private static List<Json> marks(Json rule) {
    return Arrays.asList(at(rule, "match"), at(at(rule, "replacement"), "identities"));
  }

  private static Json at(@Nullable Json json, String name) {
    var found = json instanceof Json.Obj object ? object.get(name) : null;
    return found == null ? Json.Null.NULL : found;
  }
}
