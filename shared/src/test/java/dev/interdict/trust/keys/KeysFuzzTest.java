package dev.interdict.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.SeededRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys stand in metadata that is read before any signature of it is checked.
class KeysFuzzTest {
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
  private final Ed25519Signer signer = Ed25519Signer.generate(new SeededRandom(1));

  private static PublicKey ec(String curve) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair().getPublic();
  }

  private static PublicKey rsa() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPublic();
  }

  private static Json.Obj key(String type, String scheme, byte[] spki) {
    return Json.object()
        .put("keytype", type)
        .put("scheme", scheme)
        .put("keyval", Json.object().put("public", Pem.encode(spki, "PUBLIC KEY")).build())
        .build();
  }

  private static void use(TufKey key) {
    assertFalse(key.verifies(MESSAGE, new byte[64]));
    assertEquals(key.fingerprint(), TufKey.of(key.json()).fingerprint());
  }

  @Test
  void keys_as_metadata_writes_them() throws Exception {
    Fuzz.of("tuf-key")
        .seeds(
            JsonWriter.compact(signer.key().json()),
            JsonWriter.compact(key("ecdsa", "ecdsa-sha2-nistp256", ec("secp256r1").getEncoded())),
            JsonWriter.compact(key("rsa", "rsassa-pss-sha256", rsa().getEncoded())))
        .words("-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----", "-----", "PUBLIC KEY", "\\n", "==")
        .refuses(JsonException.class, IllegalArgumentException.class)
        .run(input -> use(TufKey.of(JsonReader.read(input, JsonLimits.OWN))));
  }

  @Test
  void the_der_within_them() throws Exception {
    Fuzz.of("ec-der")
        .seeds(ec("secp256r1").getEncoded())
        .besides(ec("secp384r1").getEncoded(), rsa().getEncoded())
        .refuses(IllegalArgumentException.class)
        .run(input -> use(TufKey.of(key("ecdsa", "ecdsa-sha2-nistp256", input))));
    Fuzz.of("rsa-der")
        .seeds(rsa().getEncoded())
        .besides(ec("secp256r1").getEncoded())
        .refuses(IllegalArgumentException.class)
        .run(input -> use(TufKey.of(key("rsa", "rsassa-pss-sha256", input))));
  }

  @Test
  void signatures() throws Exception {
    var good = signer.sign(MESSAGE);
    Fuzz.of("ed25519-signature")
        .seeds(good)
        .run(input ->
            assertEquals(
                java.util.Arrays.equals(good, input), signer.key().verifies(MESSAGE, input)));
  }

  @Test
  void key_files(@TempDir Path folder) throws Exception {
    var made = folder.resolve("made");
    KeyFile.write(made, signer);
    var file = folder.resolve("file");
    Fuzz.of("key-file")
        .seeds(Files.readAllBytes(made))
        .words("ENCRYPTED ", "-----BEGIN PRIVATE KEY-----END PRIVATE KEY-----", "\n", "==")
        .refuses(IOException.class)
        .run(input -> {
          Files.write(file, input);
          KeyFile.read(file, "passphrase".toCharArray());
        });
  }

  @Test
  void the_der_of_private_keys(@TempDir Path folder) throws Exception {
    var file = folder.resolve("file");
    Fuzz.of("private-key-der")
        .seeds(signer.pkcs8())
        .refuses(IOException.class)
        .run(input -> {
          Files.writeString(file, Pem.encode(input, "PRIVATE KEY"));
          KeyFile.read(file);
        });
  }
}
