package dev.interdict.server.publish;

import dev.interdict.trust.metadata.RoleName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key of a server's folder signs.
public enum KeyRole {
  /// Which keys may sign at all.
  ROOT(true),
  /// Which role may sign which list.
  TARGETS(true),
  /// What is banned.
  BLOCKLIST(true),
  /// Who is exempt.
  EXEMPTIONS(false),
  /// Stop and pause.
  CONTROLS(false),
  /// Which versions belong together.
  SNAPSHOT(false),
  /// That this is the newest state.
  TIMESTAMP(false),
  /// What time it is.
  TIME(false);

  private final boolean offline;

  KeyRole(boolean offline) {
    this.offline = offline;
  }

  /// Whether the key makes agents do more, and so belongs to people rather than to the server.
  public boolean belongsOffline() {
    return offline;
  }

  /// As files and commands write it.
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role by its name in the repository.
  public RoleName role() {
    return new RoleName(written());
  }

  /// The role of that name, if it is one of these.
  public static Optional<KeyRole> of(RoleName name) {
    return Arrays.stream(values()).filter(role -> role.role().equals(name)).findFirst();
  }

  /// The file of the key in a folder of keys.
  public String file() {
    return written() + ".pem";
  }
}
