package dev.interdict.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.cli.Typed;
import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.PrivateKeySigner;
import dev.interdict.trust.keys.TufKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("any-database")
class Pkcs12FileIT {
  private static final String PASSPHRASE = "correct horse battery";
  private static final int FEW = 1_000;

  @TempDir private Path folder;

  private static char[] passphrase() {
    return PASSPHRASE.toCharArray();
  }

  private static KeyPair pair(KeyScheme scheme) throws GeneralSecurityException {
    return scheme.generate(new SecureRandom(), null);
  }

  private Path alice() throws IOException, GeneralSecurityException {
    var file = folder.resolve("alice.p12");
    Pkcs12File.write(file, pair(KeyScheme.ED25519), "alice", passphrase(), FEW);
    return file;
  }

  @ParameterizedTest
  @EnumSource
  void what_was_written_signs_under_its_passphrase(KeyScheme scheme) throws Exception {
    var file = folder.resolve("key.p12");
    var pair = pair(scheme);
    var key = TufKey.of(pair.getPublic());
    assertEquals(key, Pkcs12File.write(file, pair, "alice", passphrase(), FEW).key());
    var read = Pkcs12File.read(file, null, passphrase());
    assertEquals(key, read.key());
    assertTrue(key.verifies(new byte[] {1}, read.sign(new byte[] {1})));
  }

  @Test
  void it_belongs_to_its_owner_alone_and_is_never_overwritten() throws Exception {
    var file = alice();
    var before = Files.readAllBytes(file);
    assertThrows(FileAlreadyExistsException.class, this::alice);
    assertEquals(
        HexFormat.of().formatHex(before), HexFormat.of().formatHex(Files.readAllBytes(file)));
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void the_runtimes_own_settings_stay_as_they_were() throws Exception {
    System.setProperty("keystore.pkcs12.macIterationCount", "1234");
    try {
      alice();
      assertEquals("1234", System.getProperty("keystore.pkcs12.macIterationCount"));
      assertEquals(null, System.getProperty("keystore.pkcs12.keyPbeIterationCount"));
    } finally {
      System.clearProperty("keystore.pkcs12.macIterationCount");
    }
  }

  @Test
  void each_way_of_not_opening_has_its_own_message() throws Exception {
    var file = alice();
    refused(file, null, "wrong horse".toCharArray(), "the passphrase is wrong, or the file is");
    refused(file, "bob", passphrase(), "holds no key named bob, but: alice");
    var bytes = Files.readAllBytes(file);
    refused(write("short.p12", Arrays.copyOf(bytes, 200)), null, passphrase(), "damaged");
    refused(
        write("text.p12", "0 is no key".getBytes(StandardCharsets.UTF_8)),
        null,
        passphrase(),
        "damaged");
    refused(write("long.p12", new byte[100_000]), null, passphrase(), "too long");
    refused(store(), null, passphrase(), "holds no private key");
    refused(
        store(pair(KeyScheme.ECDSA_P256), pair(KeyScheme.ECDSA_P256)),
        null,
        passphrase(),
        "holds several keys; choose one with --alias: key0, key1");
  }

  /// Whoever could change the certificate would otherwise have another key rotated in.
  @Test
  void a_certificate_of_another_key_is_refused() throws Exception {
    var mine = pair(KeyScheme.ECDSA_P256);
    var other = pair(KeyScheme.ECDSA_P256);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var foreign =
        SelfSigned.certificate(
            other.getPublic(), PrivateKeySigner.of(other.getPrivate(), other.getPublic()));
    store.setKeyEntry("a", mine.getPrivate(), passphrase(), new Certificate[] {foreign});
    refused(saved(store), null, passphrase(), "does not verify");
  }

  @Test
  void a_damaged_file_ends_in_the_one_error() throws Exception {
    var bytes = Files.readAllBytes(store(pair(KeyScheme.ED25519)));
    for (var i = 0; i < bytes.length; i += 7) {
      var damaged = bytes.clone();
      damaged[i] ^= 0x41;
      var file = write("damaged-" + i + ".p12", damaged);
      var refusal =
          assertThrows(
              UnusableKeyException.class,
              () -> Pkcs12File.read(file, null, passphrase()),
              file::toString);
      assertFalse(String.valueOf(refusal.getMessage()).contains(PASSPHRASE));
    }
  }

  @Test
  void openssl_reads_it_and_finds_it_strong() throws Exception {
    var file = folder.resolve("alice.p12");
    var secret = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    var typed =
        Typed.hashing("key", "new", file.toString(), "--passphrase-file", secret.toString());
    assertEquals(0, typed.code(), typed::err);
    var told =
        openssl(
            "pkcs12", "-in", file.toString(), "-info", "-noenc", "-passin", "pass:" + PASSPHRASE);
    for (var said :
        List.of(
            "MAC: sha256, Iteration 600000",
            "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256",
            "PKCS7 Data\nCertificate bag",
            "BEGIN PRIVATE KEY",
            "friendlyName: ")) {
      assertTrue(told.contains(said), () -> said + "\n" + told);
    }
    assertFalse(told.contains("PKCS7 Encrypted data"), told);
  }

  @Test
  void what_openssl_made_is_read_even_without_a_certificate() throws Exception {
    var pem = folder.resolve("key.pem").toString();
    var file = folder.resolve("key.p12").toString();
    openssl("genpkey", "-algorithm", "ed25519", "-out", pem);
    openssl(
        "pkcs12",
        "-export",
        "-nocerts",
        "-inkey",
        pem,
        "-out",
        file,
        "-passout",
        "pass:" + PASSPHRASE);
    var read = Pkcs12File.read(Path.of(file), null, passphrase());
    var spki = openssl("pkey", "-in", pem, "-pubout");
    assertTrue(
        read.key().fingerprint().startsWith("ed25519:") && spki.contains("BEGIN PUBLIC KEY"), spki);
    assertTrue(read.key().verifies(new byte[1], read.sign(new byte[1])));
  }

  private void refused(Path file, @Nullable String alias, char[] secret, String why) {
    var refusal =
        assertThrows(UnusableKeyException.class, () -> Pkcs12File.read(file, alias, secret));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("key file " + file)
            && String.valueOf(refusal.getMessage()).contains(why),
        refusal::getMessage);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /// A store with the JDK's own, quicker settings.
  private Path store(KeyPair... pairs) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var i = 0; i < pairs.length; i++) {
      var signer = PrivateKeySigner.of(pairs[i].getPrivate(), pairs[i].getPublic());
      var chain = new Certificate[] {SelfSigned.certificate(pairs[i].getPublic(), signer)};
      store.setKeyEntry("key" + i, pairs[i].getPrivate(), passphrase(), chain);
    }
    return saved(store);
  }

  private Path saved(KeyStore store) throws Exception {
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, passphrase());
    return write("store.p12", bytes.toByteArray());
  }

  private static String openssl(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("/usr/bin/openssl"));
    command.addAll(List.of(arguments));
    Assumptions.assumeTrue(Files.isExecutable(Path.of(command.getFirst())), "openssl is not here");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, told);
    return told;
  }
}
