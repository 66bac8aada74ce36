package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.keys.PassphraseFile;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Keyring;
import dev.interdict.trust.keys.PublicKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys in a real PKCS#11 token, SoftHSM, each command in a process of its own: the library takes
/// its folder from the environment, and stays logged in for as long as a process lives.
@Tag("any-database")
@Order(2)
class TokenIT {
  private static final Path SOFTHSM = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final Path UTIL = Path.of("/usr/bin/softhsm2-util");
  private static final String PIN = "86420-97531";

  @TempDir Path temp;
  private Program program = new Program(Map.of(), Path.of(""));
  private String config = "";
  private String slot = "";

  @BeforeEach
  void set_a_token_up() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(SOFTHSM) && Files.isExecutable(UTIL),
        "keys in a PKCS#11 token need SoftHSM (Debian: softhsm2)");
    var tokens = Files.createDirectory(temp.resolve("tokens"));
    var settings =
        Files.writeString(
            temp.resolve("softhsm2.conf"),
            "directories.tokendir = "
                + tokens
                + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    var environment = Map.of("SOFTHSM2_CONF", settings.toString(), "INTERDICT_PASSPHRASE", PIN);
    program = new Program(environment, temp);
    var made =
        program.start(
            List.of(
                UTIL.toString(),
                "--init-token",
                "--free",
                "--label",
                "interdict",
                "--so-pin",
                "12345678",
                "--pin",
                PIN),
            "");
    assertEquals(0, made.code(), made::err);
    slot = made.out().strip().replaceAll("(?s).* ", "");
    config =
        Files.writeString(
                temp.resolve("token.cfg"),
                "name = test\nlibrary = " + SOFTHSM + "\nslot = " + slot + "\n")
            .toString();
  }

  private Typed made(String alias, String... more) throws Exception {
    var line =
        new ArrayList<>(
            List.of("key", "new", temp.resolve(alias + ".pub").toString(), "--pkcs11", config));
    line.addAll(List.of(more));
    return program.run(line.toArray(String[]::new));
  }

  @Test
  void a_key_is_made_in_the_token_found_again_and_signs() throws Exception {
    for (var scheme : List.of("ecdsa-sha2-nistp256", "rsassa-pss-sha256")) {
      var alias = "alice-" + scheme.substring(0, 3);
      var made = made(alias, "--scheme", scheme);
      assertEquals(0, made.code(), made::err);
      assertTrue(made.out().contains("x-interdict-schemes"), made::out);
      var half = PublicKeyFile.read(temp.resolve(alias + ".pub"));
      var shown =
          program.run(
              "key",
              "show",
              "--pkcs11-module",
              SOFTHSM.toString(),
              "--pkcs11-slot",
              slot,
              "--alias",
              alias);
      assertEquals(0, shown.code(), shown::err);
      assertTrue(shown.out().contains(half.key().id().value()), shown::out);
    }
    assertNeverLeaves();

    var ambiguous = program.run("key", "show", "--pkcs11", config);
    assertEquals(5, ambiguous.code());
    assertTrue(
        ambiguous.err().contains("choose one with --alias: alice-ecd, alice-rsa"), ambiguous::err);
    var again = made("alice-ecd2", "--alias", "alice-ecd");
    assertEquals(5, again.code());
    assertTrue(again.err().contains("holds something named alice-ecd already"), again::err);
    assertFalse(Files.exists(temp.resolve("alice-ecd2.pub")));
  }

  /// What the token says of its own keys, where a second program can ask it.
  private void assertNeverLeaves() throws Exception {
    var tool = Path.of("/usr/bin/pkcs11-tool");
    if (Files.isExecutable(tool)) {
      var told =
          program.start(
              List.of(
                  tool.toString(),
                  "--module",
                  SOFTHSM.toString(),
                  "--login",
                  "--pin",
                  PIN,
                  "--list-objects",
                  "--type",
                  "privkey"),
              "");
      assertEquals(2, told.out().lines().filter(line -> line.contains("Private Key")).count());
      assertEquals(
          2,
          told.out()
              .lines()
              .filter(line -> line.contains("sensitive, always sensitive, never extractable"))
              .count(),
          told::out);
    }
  }

  @Test
  void a_servers_own_key_may_lie_in_a_token() throws Exception {
    for (var role : List.of("time", "timestamp")) {
      assertEquals(0, made(role).code());
    }
    var keys = Files.createDirectory(temp.resolve("keys"));
    for (var role : List.of("time", "timestamp")) {
      var file =
          Files.writeString(
              keys.resolve(role + ".pkcs11"),
              "{\"config\": \"" + config + "\", \"alias\": \"" + role + "\"}");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    var pin = Files.writeString(temp.resolve("pin"), PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    var opened = program.start(Program.java(Opened.class, keys.toString(), pin.toString()), "");
    assertEquals(0, opened.code(), opened::err);
    for (var role : List.of("time", "timestamp")) {
      var half = PublicKeyFile.read(temp.resolve(role + ".pub"));
      assertTrue(opened.out().contains(half.key().id().value()), opened::out);
    }
  }

  /// Opens a folder of keys and signs with two of them.
  static final class Opened {
    private Opened() {}

    public static void main(String[] arguments) throws IOException {
      var pin = Path.of(arguments[1]);
      var keys = Keyring.open(Path.of(arguments[0]), _ -> PassphraseFile.read(pin));
      for (var role : List.of(KeyRole.TIME, KeyRole.TIMESTAMP)) {
        var signer = keys.need(role);
        var signature = signer.sign(new byte[] {1});
        System.out.println(
            signer.key().id() + " " + signer.key().verifies(new byte[] {1}, signature));
      }
    }
  }

  @Test
  void what_stands_in_the_way_is_said_in_one_line() throws Exception {
    refused("refuses the PIN", Map.of("INTERDICT_PASSPHRASE", "wrong-wrong-wrong"), config);
    refused("shows no private key", Map.of(), config);
    var nowhere =
        Files.writeString(temp.resolve("nowhere.cfg"), "name = x\nlibrary = /no/such.so\n");
    refused("does not open", Map.of(), nowhere.toString());
    var free =
        Files.writeString(
            temp.resolve("free.cfg"), "name = x\nlibrary = " + SOFTHSM + "\nslotListIndex = 1\n");
    refused("", Map.of(), free.toString());
    var text = Files.writeString(temp.resolve("text.cfg"), "what is this\n");
    refused("does not open", Map.of(), text.toString());
  }

  private void refused(String why, Map<String, String> more, String where) throws Exception {
    var environment = new HashMap<>(program.environment());
    environment.putAll(more);
    var refusal = new Program(environment, temp).run("key", "show", "--pkcs11", where);
    assertEquals(5, refusal.code(), () -> refusal.out() + refusal.err());
    assertEquals(1, refusal.err().lines().count(), refusal::err);
    assertTrue(refusal.err().contains(why), refusal::err);
    assertFalse((refusal.out() + refusal.err()).contains(PIN));
  }
}
