package dev.interdict.trust.keys;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// A public key as people hand it over, so that a rotation can name it: the key with its id and
/// whose it is.
///
/// The file is JSON of exactly the members `type` (`interdict-public-key`), `format` (1), `name`,
/// `id` and `key`. The id must be the key's own, and the key must be one that this version knows,
/// written as we write it: one key, one id.
///
/// @param name whose key it is or what it is for, as lists print it: 1 to 64 letters, digits,
///   spaces and `. _ @ + -`
public record PublicKeyFile(TufKey key, String name) {
  private static final String TYPE = "interdict-public-key";
  private static final int FORMAT = 1;
  private static final JsonLimits LIMITS = JsonLimits.OWN.withBytes(16 << 10);
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N} ._@+-]{0,62}[\\p{L}\\p{M}\\p{N}])?");

  /// @throws IllegalArgumentException for another name, or a key of unknown kind
  public PublicKeyFile {
    name(name);
    if (key instanceof UnknownKey) {
      throw new IllegalArgumentException("this version does not know that kind of key");
    }
  }

  /// The text, if it may be a key's name.
  ///
  /// @throws IllegalArgumentException if it may not
  public static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a key's name has 1 to 64 letters, digits, spaces and . _ @ + -, and starts and ends"
              + " with a letter or digit");
    }
    return text;
  }

  /// The key in the file.
  ///
  /// @throws IOException if the file cannot be read or is not what this type describes
  public static PublicKeyFile read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return parse(in.readNBytes(LIMITS.bytes() + 1));
    } catch (JsonException e) {
      throw new IOException("public key file " + file + ": " + e.getMessage(), e);
    }
  }

  /// The key in the bytes of such a file.
  ///
  /// @throws JsonException if they are not what this type describes
  public static PublicKeyFile parse(byte[] utf8) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(utf8, LIMITS), faults);
    var type = fields.text("type");
    fields.integer("format", FORMAT, FORMAT);
    var name = fields.text("name");
    var id = fields.text("id");
    var key = fields.required("key");
    fields.end();
    if (!faults.isEmpty()) {
      var fault = faults.getFirst();
      throw new JsonException((fault.pointer() + " " + fault.message()).strip());
    }
    if (!type.equals(TYPE)) {
      throw new JsonException("it is no public key: /type is not " + TYPE);
    }
    try {
      var read = new PublicKeyFile(TufKey.of(key), name);
      requireOurWriting(read.key());
      if (!read.key().id().value().equals(id)) {
        throw new JsonException("the id is not that of the key; ask for the file again");
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private static void requireOurWriting(TufKey key) {
    var ours =
        switch (key) {
          case Ed25519Key ed25519 -> Ed25519Key.of(ed25519.point()).json();
          case EcdsaKey ecdsa -> TufKey.of(ecdsa.publicKey()).json();
          case RsaKey rsa -> TufKey.of(rsa.publicKey()).json();
          case UnknownKey unknown -> unknown.json();
        };
    if (!KeyId.of(ours).equals(key.id())) {
      throw new IllegalArgumentException(
          "the key is not written as interdict key new writes it, and so has another id");
    }
  }

  /// The bytes of such a file.
  public byte[] bytes() {
    return JsonWriter.pretty(
        Json.object()
            .put("type", TYPE)
            .put("format", FORMAT)
            .put("name", name)
            .put("id", key.id().value())
            .put("key", key.json())
            .build());
  }

  /// Writes a new file.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
  public void write(Path file) throws IOException {
    Files.write(file, bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
