package dev.interdict.server.web;

import dev.interdict.server.access.CommandLines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where somebody signed in confirms that a command line may act for them.
///
/// @param state the message of what there is to be told; empty for nothing
/// @param code as they typed it
/// @param waiting what waits under it; null for nothing
/// @param prove whether a password or a code is asked for
/// @param roles of whoever is signed in, in words: what they would hand over
public record CommandLineView(
    String state,
    String code,
    CommandLines.@Nullable Waiting waiting,
    boolean prove,
    List<String> roles)
    implements View {
  public CommandLineView {
    roles = List.copyOf(roles);
  }

  @Override
  public String template() {
    return "command-line.jte";
  }
}
