package dev.interdict.server.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks once more for a password or a code, and keeps what was sent meanwhile.
///
/// @param action where it is sent again
/// @param form its fields
/// @param to where to go back to
/// @param refused whether what was given was wrong
/// @param provider where an identity provider asks instead; null without one
public record ProveView(
    String action,
    Map<String, List<String>> form,
    String to,
    boolean refused,
    @Nullable Href provider)
    implements View {
  /// Whether something was typed that has to be kept meanwhile; a file is only asked for again.
  public boolean typed() {
    return action.startsWith(Deed.PATH + "/");
  }

  @Override
  public String template() {
    return "prove.jte";
  }
}
