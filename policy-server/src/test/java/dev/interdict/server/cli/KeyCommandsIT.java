package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.keys.PublicKeyFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-database")
class KeyCommandsIT {
  private static final String PASSPHRASE = "correct horse battery";
  @TempDir Path temp;
  private String file = "";

  @BeforeEach
  void name_the_file() {
    file = temp.resolve("alice.p12").toString();
  }

  private static TypedPassphrases twice() {
    return TypedPassphrases.person(PASSPHRASE, PASSPHRASE);
  }

  @Test
  void a_new_key_comes_with_the_public_half_that_is_handed_over() throws IOException {
    var person = twice();
    var made = Typed.knowing(person, "key", "new", file, "--name", "Alice Example");
    assertEquals(0, made.code(), made::err);
    assertEquals(List.of("New passphrase for " + file, "The same again"), person.questions);
    assertTrue(person.wiped());
    var half = PublicKeyFile.read(temp.resolve("alice.pub"));
    assertEquals("Alice Example", half.name());
    assertTrue(made.out().contains("Key id      " + half.key().id().value()), made::out);
    assertEquals("", made.err());

    var opener = TypedPassphrases.person(PASSPHRASE);
    var shown = Typed.knowing(opener, "key", "show", file);
    assertEquals(0, shown.code(), shown::err);
    assertEquals(List.of("Passphrase of key file " + file), opener.questions);
    assertTrue(opener.wiped());
    assertTrue(made.out().endsWith(shown.out()), () -> made.out() + shown.out());

    var handed = Typed.admin("key", "show", temp.resolve("alice.pub").toString());
    assertEquals("Name        Alice Example\n" + shown.out(), handed.out());
  }

  @Test
  void a_wrong_passphrase_opens_nothing_and_says_so_in_one_line() {
    Typed.knowing(twice(), "key", "new", file);
    var wrong = TypedPassphrases.person("battery horse correct");
    assertEquals(
        new Typed(
            5,
            "",
            "interdict key show: key file "
                + file
                + " does not open: the passphrase is wrong, or the file is damaged\n"),
        Typed.knowing(wrong, "key", "show", file));
    assertTrue(wrong.wiped());
  }

  @Test
  void two_passphrases_that_differ_or_a_short_one_make_nothing() {
    var differing = TypedPassphrases.person(PASSPHRASE, PASSPHRASE + "!");
    refused(2, "the two passphrases differ; nothing was made", differing, "key", "new", file);
    assertTrue(differing.wiped());
    var brief = TypedPassphrases.person("eleven char");
    refused(2, "12 characters or more; nothing was made", brief, "key", "new", file);
    assertTrue(brief.wiped());
    assertFalse(Files.exists(Path.of(file)));
    assertFalse(Files.exists(temp.resolve("alice.pub")));
  }

  @Test
  void nothing_is_overwritten_and_nobody_is_asked_in_vain() throws IOException {
    for (var name : List.of("alice.p12", "alice.pub")) {
      var there = Files.writeString(temp.resolve(name), "mine");
      var person = twice();
      refused(6, there + " is there already", person, "key", "new", file);
      assertEquals(List.of(), person.questions);
      assertEquals("mine", Files.readString(there));
      Files.delete(there);
    }
  }

  @Test
  void a_script_gives_the_passphrase_by_variable_or_by_file() throws IOException {
    var general = TypedPassphrases.script("INTERDICT_PASSPHRASE", PASSPHRASE);
    assertEquals(0, Typed.knowing(general, "key", "new", file).code());
    var own = TypedPassphrases.script("ALICE", PASSPHRASE);
    assertEquals(0, Typed.knowing(own, "key", "show", file, "--passphrase-env", "ALICE").code());
    var secret = Files.writeString(temp.resolve("secret"), PASSPHRASE + "\nsecond line\n");
    owner(secret, "rw-------");
    assertEquals(
        0, Typed.admin("key", "show", file, "--passphrase-file", secret.toString()).code());
    refused(
        2,
        "the environment variable BOB is not set",
        general,
        "key",
        "show",
        file,
        "--passphrase-env",
        "BOB");
    refused(
        2,
        "not both",
        own,
        "key",
        "show",
        file,
        "--passphrase-env",
        "ALICE",
        "--passphrase-file",
        secret.toString());
    Files.writeString(secret, "\n");
    refused(
        5,
        "has an empty first line",
        general,
        "key",
        "show",
        file,
        "--passphrase-file",
        secret.toString());
    owner(secret, "rw-r-----");
    refused(
        4,
        "is open to others (rw-r-----); run: chmod 600 " + secret,
        general,
        "key",
        "show",
        file,
        "--passphrase-file",
        secret.toString());
  }

  @Test
  void where_nobody_can_be_asked_it_says_what_to_give() {
    refused(
        2,
        "there is no terminal to ask for a passphrase at; use --passphrase-file or set"
            + " INTERDICT_PASSPHRASE",
        TypedPassphrases.person(),
        "key",
        "new",
        file);
    assertFalse(Files.exists(Path.of(file)));
  }

  @Test
  void a_passphrase_as_an_argument_is_refused_and_not_repeated() {
    for (var option : List.of("--passphrase", "--password", "--pin")) {
      for (var words :
          List.of(
              List.of(option, PASSPHRASE), List.of(option + "=" + PASSPHRASE), List.of(option))) {
        for (var command : List.of("new", "show")) {
          var line = new ArrayList<>(List.of("key", command, file));
          line.addAll(words);
          var person = twice();
          refused(2, "a passphrase is never an argument", person, line.toArray(String[]::new));
          assertEquals(List.of(), person.questions);
        }
      }
    }
    assertFalse(Files.exists(Path.of(file)));
  }

  @Test
  void a_servers_key_may_lie_unprotected_but_never_by_accident() {
    var pem = temp.resolve("time.pem").toString();
    var asked = twice();
    assertEquals(0, Typed.knowing(asked, "key", "new", pem).code());
    assertEquals(2, asked.questions.size());
    assertEquals(5, Typed.knowing(TypedPassphrases.person("x"), "key", "show", pem).code());
    assertEquals(0, Typed.knowing(twice(), "key", "show", pem).code());
    var plain = temp.resolve("plain.pem").toString();
    assertEquals(0, Typed.admin("key", "new", plain, "--no-passphrase").code());
    assertEquals(0, Typed.admin("key", "show", plain).code());
    refused(2, "for NAME.pem alone", twice(), "key", "new", file, "--no-passphrase");
  }

  @Test
  void what_does_not_fit_together_is_refused_before_anybody_is_asked() {
    for (var line :
        List.of(
            List.of("key", "new", temp.resolve("alice").toString()),
            List.of("key", "new", temp.resolve(".p12").toString()),
            List.of("key", "new", file, "--scheme", "dsa"),
            List.of("key", "new", file, "--name", "a\nb"),
            List.of("key", "new", file.replace("p12", "pem"), "--scheme", "rsassa-pss-sha256"),
            List.of("key", "new", file, "--pkcs11", "x"),
            List.of(
                "key", "new", file.replace("p12", "pub"), "--pkcs11", "x", "--scheme", "ed25519"),
            List.of("key", "new", file, "--pkcs11-slot", "1"),
            List.of("key", "show"),
            List.of("key", "show", file, "--pkcs11", "x"),
            List.of("publish", file, "--key", file, "--pkcs11", "x", "-d", temp.toString()))) {
      var person = twice();
      var refusal = Typed.knowing(person, line.toArray(String[]::new));
      assertEquals(2, refusal.code(), () -> line + refusal.err());
      assertEquals(1, refusal.err().lines().count(), refusal::err);
      assertEquals(List.of(), person.questions);
    }
  }

  @Test
  void another_scheme_says_what_agents_need_to_believe_it() {
    var made = Typed.knowing(twice(), "key", "new", file, "--scheme", "ecdsa-sha2-nistp256");
    assertEquals(0, made.code(), made::err);
    assertTrue(made.out().contains("x-interdict-schemes"), made::out);
    assertTrue(made.out().contains("ecdsa-sha2-nistp256"), made::out);
  }

  @Test
  void a_program_reads_it_as_json() {
    var made = Typed.knowing(twice(), "key", "new", file, "-o", "json");
    assertEquals(0, made.code(), made::err);
    for (var member :
        List.of("\"name\": \"alice\"", "\"id\": ", "\"public-file\": ", "\"scheme\": ")) {
      assertTrue(made.out().contains(member), made::out);
    }
  }

  @Test
  void a_key_that_others_may_read_is_not_opened() throws IOException {
    Typed.knowing(twice(), "key", "new", file);
    owner(Path.of(file), "rw-r--r--");
    refused(4, "run: chmod 600 " + file, twice(), "key", "show", file);
  }

  @Test
  void the_list_tells_what_agents_trust_and_what_lies_here() throws IOException {
    var dir = temp.resolve("server").toString();
    Typed.server("init", dir);
    var list = Typed.admin("key", "list", "-d", dir);
    assertEquals(0, list.code(), list::err);
    assertTrue(
        list.out().matches("(?s).*\nroot +[0-9a-f]{16} +1 of 1 +offline +root.pem +ed25519\n.*"),
        list::out);
    assertTrue(list.out().matches("(?s).*\ntime +[0-9a-f]{16} +1 of 1 +here +.*"), list::out);

    var keys = Path.of(dir, "keys");
    Files.move(keys.resolve("root.pem"), temp.resolve("root.pem"));
    Files.move(keys.resolve("targets.pem"), temp.resolve("targets.pem"));
    Typed.admin("key", "new", keys.resolve("targets.pem").toString(), "--no-passphrase");
    Typed.knowing(twice(), "key", "new", keys.resolve("blocklist.p12").toString());
    Files.delete(keys.resolve("blocklist.pem"));
    var after = Typed.admin("key", "list", "-d", dir);
    assertEquals(0, after.code(), after::err);
    for (var row :
        List.of(
            "root +[0-9a-f]{16} +1 of 1 +offline +- +ed25519",
            "targets +[0-9a-f]{16} +1 of 1 +offline +- +ed25519",
            "targets +[0-9a-f]{16} +1 of 1 +offline +targets.pem, not trusted +ed25519",
            "blocklist +[0-9a-f]{16} +1 of 1 +offline +- +ed25519",
            "blocklist +[?] +blocklist.p12 [(]locked[)]")) {
      assertEquals(1, after.out().lines().filter(line -> line.matches(row)).count(), after::out);
    }
    var json = Typed.admin("key", "list", "-d", dir, "-o", "json");
    assertTrue(json.out().contains("\"file-here\": \"blocklist.p12\""), json::out);
  }

  /// The key of a server that was taken home, put under a passphrase.
  @Test
  void a_protected_key_signs_a_list_after_the_rules_were_checked() throws Exception {
    var dir = temp.resolve("server").toString();
    Typed.server("init", dir);
    var taken = Files.move(Path.of(dir, "keys/blocklist.pem"), temp.resolve("b.pem"));
    openssl("pkcs12", "-export", "-nocerts", "-inkey", taken.toString(), "-out", file);
    owner(Path.of(file), "rw-------");
    Typed.admin("rule", "new", "some-tool", "--into", temp.toString());
    var rule = temp.resolve("some-tool.yaml");
    var good = Files.readString(rule);
    Files.writeString(rule, good.replace("pkg:npm/%40example/tool", "pkg:deb/bash"));
    var person = TypedPassphrases.person(PASSPHRASE, PASSPHRASE);
    var lint =
        Typed.knowing(
            person,
            "publish",
            rule.toString(),
            "-d",
            dir,
            "--key",
            file,
            "--break-glass",
            Typed.ALONE);
    assertEquals(4, lint.code(), lint::err);
    assertEquals(List.of(), person.questions);
    Files.writeString(rule, good);
    var done =
        Typed.knowing(
            person,
            "publish",
            rule.toString(),
            "-d",
            dir,
            "--key",
            file,
            "--break-glass",
            Typed.ALONE);
    assertEquals(0, done.code(), done::err);
    assertEquals(1, person.questions.size());
    assertTrue(person.wiped());
    var wrong = TypedPassphrases.person("another passphrase");
    refused(5, "the passphrase is wrong", wrong, "withdraw", "some-tool", "-d", dir, "--key", file);
  }

  private static void openssl(String... arguments) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not here");
    var line = new ArrayList<>(List.of("/usr/bin/openssl"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-passout", "pass:" + PASSPHRASE));
    var quiet = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
    assertEquals(0, quiet.start().waitFor());
  }

  private static void owner(Path file, String mode) throws IOException {
    Assumptions.assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "file permissions need a POSIX file system");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void refused(int code, String why, TypedPassphrases who, String... arguments) {
    var refusal = Typed.knowing(who, arguments);
    assertEquals(code, refusal.code(), refusal::err);
    assertEquals(1, refusal.err().lines().count(), refusal::err);
    assertTrue(refusal.err().contains(why), refusal::err);
    assertFalse((refusal.out() + refusal.err()).contains(PASSPHRASE), "the passphrase is printed");
  }
}
