package dev.interdict.server.keys;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;

/// A small JSON file that names a key in a token: `config`, the provider's configuration file, with
/// its place below the folder of this one, and `alias`.
///
/// @param file this file, for messages
/// @param config where the configuration is
/// @param alias which key
public record TokenKeyFile(Path file, Path config, String alias) {
  private static final JsonLimits LIMITS = JsonLimits.OWN.withBytes(4 << 10);

  /// @throws IOException if the file cannot be read or says something else
  public static TokenKeyFile read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var faults = new ArrayList<Fault>();
      var fields = Fields.of(JsonReader.read(in.readNBytes(LIMITS.bytes() + 1), LIMITS), faults);
      var config = file.resolveSibling(fields.text("config"));
      var alias = fields.text("alias");
      fields.end();
      if (!faults.isEmpty()) {
        var fault = faults.getFirst();
        throw new JsonException((fault.pointer() + " " + fault.message()).strip());
      }
      return new TokenKeyFile(file, config, alias);
    } catch (JsonException e) {
      throw new UnusableKeyException("key file " + file + ": " + e.getMessage(), e);
    }
  }

  /// Logs in and finds the key.
  public Signer open(Passphrase pin) throws IOException {
    var secret = pin.of("the token of " + file);
    try {
      return Token.open(TokenPlace.configured(config), secret).signer(alias);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }
}
