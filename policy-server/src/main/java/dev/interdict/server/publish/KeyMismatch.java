package dev.interdict.server.publish;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.repository.RepositoryState;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A key that lies on this server and is not one that the signed files here trust in its role. So
/// it is after a restore from a backup that is older than a change of keys: what the files trust
/// lies in the folder of those that [Succession] put away.
///
/// @param file its name in the folder of keys
/// @param former the key that is trusted, where it was put away; null if it is not there
public record KeyMismatch(KeyRole role, String file, @Nullable Path former) {
  /// All of them; one under a passphrase that nobody gave is not looked at.
  public static List<KeyMismatch> of(Keyring keys, RepositoryState state) {
    var plan = TrustPlan.of(state);
    return Arrays.stream(KeyRole.values())
        .filter(role -> keys.opened(role).isPresent() && !keys.isTrusted(role, plan))
        .map(role -> {
          var trusted = plan.keys(role.role());
          return new KeyMismatch(
              role,
              keys.file(role).orElse(role.file()),
              trusted == null
                  ? null
                  : former(keys.folder(), trusted.keys().stream().map(TufKey::id).toList()));
        })
        .toList();
  }

  private static @Nullable Path former(Path folder, List<KeyId> trusted) {
    var retired = Succession.retired(folder);
    if (!Files.isDirectory(retired)) {
      return null;
    }
    try (var files = Files.list(retired)) {
      return files
          .filter(file ->
              trusted.stream()
                  .anyMatch(
                      id -> String.valueOf(file.getFileName()).startsWith(Succession.retired(id))))
          .sorted()
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(retired + " cannot be read", e);
    }
  }

  /// What is the matter and what to do, for whoever runs the server.
  ///
  /// @param folder of the keys
  public static String inWords(List<KeyMismatch> all, Path folder) {
    return "keys in "
        + folder
        + " are not those that the signed files here trust: "
        + files(all)
        + " (the files are older than the last change of keys, as from a backup, or the wrong keys"
        + " were brought); "
        + remedy(all, folder);
  }

  /// Their names in the folder of keys.
  public static String files(List<KeyMismatch> all) {
    return all.stream().map(KeyMismatch::file).collect(Collectors.joining(", "));
  }

  /// What to do.
  ///
  /// @param folder of the keys
  public static String remedy(List<KeyMismatch> all, Path folder) {
    var words = new ArrayList<String>();
    var there =
        all.stream()
            .filter(each -> each.former() != null)
            .map(each -> "cp '" + each.former() + "' '" + folder.resolve(each.file()) + "'")
            .toList();
    if (!there.isEmpty()) {
      words.add(
          "the former ones were put away: keep a copy of those there now, then "
              + String.join("; ", there));
    }
    var gone = all.stream().filter(each -> each.former() == null).toList();
    if (!gone.isEmpty()) {
      words.add("bring back the right " + files(gone) + ", by the ids of interdict key list");
    }
    words.add("what else: docs/keys.md, \"A backup is older than a change of keys\"");
    return String.join("; ", words);
  }
}
