package dev.interdict.server.review;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.store.Secrets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said of a draft's text without asking the fleet.
///
/// @param findings of lint, and of the risk register
/// @param draft null where the device's reader does not understand the text
/// @param inForce the rule of that id that devices see now; null for none
/// @param direction from that to the draft
public record Examination(
    List<Finding> findings, @Nullable Draft draft, @Nullable Json inForce, Direction direction) {
  public Examination {
    findings = List.copyOf(findings);
  }

  /// Whether lint found no error.
  public boolean isPublishable() {
    return draft != null && findings.stream().noneMatch(Finding::isError);
  }

  /// Names the rule in force, so that a review holds against that one alone.
  public String base() {
    return base(inForce);
  }

  static String base(@Nullable Json inForce) {
    return inForce == null ? "none" : Secrets.hash(JsonWriter.canonical(inForce));
  }
}
