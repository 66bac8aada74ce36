package dev.interdict.report;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One match of a rule on the device.
///
/// @param source the inventory source that saw it, such as `npm`
/// @param identity a package URL, or a typed identity such as `vscode:anthropic.claude-code`
/// @param version as the source states it; null where it states none
/// @param location the path, in which any home folder is replaced by `~`, whatever the caller did
/// @param owner a keyed hash that stands for the owning account; null for software of the machine
/// @param running whether a process of it ran when it was seen
/// @param origin what brought it there, in a few fixed words of the agent (`npx cache`); null where
///   the source says it all
/// @param key 16 lower-case hex digits that tell this finding from the rule's others on the same
///   device, hashed with a key that never leaves it; null from an agent that names none
public record ReportedFinding(
    String source,
    String identity,
    @Nullable String version,
    String location,
    @Nullable String owner,
    EvidenceStrength strength,
    boolean running,
    @Nullable String origin,
    @Nullable String key) {
  private static final int KEY_DIGITS = 16;
  private static final Pattern HOME =
      Pattern.compile(
          "^/root(?=/|$)|(?:/var)?/(?:home|Users)/[^/]+|^[A-Za-z]:[\\\\/]Users[\\\\/][^\\\\/]+",
          Pattern.CASE_INSENSITIVE);

  public ReportedFinding {
    source = BoundedText.of(source, 60);
    identity = BoundedText.of(identity, 500);
    version = BoundedText.ofNullable(version, 120);
    location = BoundedText.of(HOME.matcher(location).replaceFirst("~"), 1000);
    owner = BoundedText.ofNullable(owner, 64);
    origin = BoundedText.ofNullable(origin, 60);
    if (key != null) {
      key(key);
    }
  }

  /// One whose source says where it came from, and that has no key.
  public ReportedFinding(
      String source,
      String identity,
      @Nullable String version,
      String location,
      @Nullable String owner,
      EvidenceStrength strength,
      boolean running) {
    this(source, identity, version, location, owner, strength, running, null, null);
  }

  /// The text, held to the shape of a key.
  ///
  /// @throws IllegalArgumentException if it has another
  static String key(String text) {
    if (!LowerHex.is(text, KEY_DIGITS)) {
      throw new IllegalArgumentException("a finding's key is 16 lower-case hex digits");
    }
    return text;
  }
}
