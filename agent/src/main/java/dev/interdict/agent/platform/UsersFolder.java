package dev.interdict.agent.platform;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The folder in which macOS and Windows keep homes, each named by its user.
public final class UsersFolder {
  private static final BytePath PLACE = BytePath.ROOT.resolve("Users");

  /// What lies there and is nobody's home.
  private static final Set<String> NO_HOMES =
      Set.of("public", "default", "default user", "all users", "shared");

  private UsersFolder() {}

  /// The homes there; none where there is no such folder. Links lead to what is a home or none by
  /// itself.
  ///
  /// @throws UnreadableException if the folder cannot be listed
  public static List<BytePath> homes(Tree system) throws UnreadableException {
    return system.list(PLACE).stream()
        .filter(entry -> entry.kind() == FileKind.DIRECTORY)
        .map(entry -> PLACE.resolve(entry.name()))
        .filter(path -> !NO_HOMES.contains(path.nameText().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
