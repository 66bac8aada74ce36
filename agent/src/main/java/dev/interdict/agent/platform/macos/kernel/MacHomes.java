package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import dev.interdict.agent.platform.handles.quarantine.Homes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose files are whose on macOS. A home is a folder in `/Users`, where only root can make one,
/// that belongs to its user. Applications that somebody dragged into `/Applications`, and all of
/// Homebrew, are a user's though they are everybody's: the machine's own folders may hold files of
/// people who have a home.
///
/// @param people user numbers of those who have one, as the machine was opened
public record MacHomes(Disk disk, Set<Integer> people) implements Homes {
  private static final byte[] USERS = "Users".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_PERSON = 501;
  private static final int MOST_HOMES = 10_000;

  public MacHomes {
    people = Set.copyOf(people);
  }

  /// As the folder of homes is now.
  ///
  /// @param root the machine's root
  public static MacHomes of(Disk disk, Opened root) throws DiskException {
    var people = new HashSet<Integer>();
    try (var users = disk.enter(root, USERS)) {
      for (var name : disk.list(users, MOST_HOMES)) {
        var node = disk.look(users, name);
        if (node.directory()) {
          people.add(Integer.parseUnsignedInt(node.owner()));
        }
      }
    }
    return new MacHomes(disk, people);
  }

  @Override
  public Set<String> owners(Opened root, @Nullable Home home) throws DiskException {
    if (home == null) {
      var owners = new HashSet<>(administrators());
      people.stream()
          .filter(uid -> uid >= FIRST_PERSON)
          .forEach(uid -> owners.add(Integer.toUnsignedString(uid)));
      return Set.copyOf(owners);
    }
    var owner = Integer.toUnsignedString(home.uid());
    return home.uid() >= FIRST_PERSON && owner.equals(owner(root, home.path()))
        ? Set.of(owner)
        : Set.of();
  }

  private @Nullable String owner(Opened root, BytePath path) throws DiskException {
    if (path.depth() != 2 || !path.parent().equals(BytePath.ROOT.resolve(USERS))) {
      return null;
    }
    try (var users = disk.enter(root, USERS);
        var home = disk.enter(users, path.name())) {
      return disk.look(home).owner();
    } catch (DiskException e) {
      if (e.trouble() == Trouble.ABSENT || e.trouble() == Trouble.LINK) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public Set<String> administrators() {
    return Set.of("0");
  }
}
