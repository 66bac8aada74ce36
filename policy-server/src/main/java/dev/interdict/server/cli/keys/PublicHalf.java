package dev.interdict.server.cli.keys;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.TufKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prints what everybody may know of a key.
final class PublicHalf {
  private PublicHalf() {}

  static void tell(TufKey key, @Nullable String name, Console console) {
    if (name != null) {
      console.field("Name", name);
    }
    console.field("Key id", key.id().value());
    console.field("Scheme", scheme(key));
    console.field("Public", JsonWriter.line(key.json()));
    advice(key).ifPresent(text -> console.line(console.yellow(text)));
  }

  static Json.Builder json(TufKey key, @Nullable String name) {
    return Json.object()
        .put("name", name)
        .put("id", key.id().value())
        .put("scheme", scheme(key))
        .put("key", key.json());
  }

  static String scheme(TufKey key) {
    return KeyScheme.of(key).map(KeyScheme::written).orElse("unknown");
  }

  /// Agents take Ed25519 alone, unless people with the root keys allow more.
  private static Optional<String> advice(TufKey key) {
    return KeyScheme.of(key)
        .filter(scheme -> scheme != KeyScheme.ED25519)
        .map(scheme ->
            "Agents believe this key only where the root lists its scheme in x-interdict-schemes;"
                + " without that they take ed25519 alone.");
  }
}
