package dev.interdict.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.support.Redaction.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @TempDir Path folder;

  private static Redaction knowing() {
    return new Redaction()
        .name(Kind.USER, "zhao.lei")
        .name(Kind.USER, "Zhao Lei")
        .name(Kind.USER, "赵雷")
        .name(Kind.HOST, "LAPTOP-7")
        .names(Kind.HOST, List.of("ws-00001", "ws-00002"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "removed for zhao.lei and ZHAO.LEI|removed for user-1 and user-1",
        "Zhao Lei (赵雷)|user-1 (user-2)",
        "at /home/anna/.local/x and /home/anna|at /home/user-1/.local/x and /home/user-1",
        "C:\\Users\\Anna\\x|C:\\Users\\user-1\\x",
        "mail to li.na@corp.example.cn failed|mail to email-1 failed",
        "laptop-7 says ws-00002|host-1 says host-2",
        "https://policy.acme.internal:8460/agent|https://host-1:8460/agent",
        "no answer from proxy.acme.com:3128|no answer from host-1:3128",
        "10.1.2.3 and fe80::1:2 at 12:30:45|address-1 and address-2 at 12:30:45",
        "https://u:pw@example.org/|https://[secret]@host-1/",
        "password=hunter2 next|password=[secret] next",
        "password: \"correct horse battery\" next|password: \"[secret]\" next",
        "{\"token\":\"a \\\" b, c\",\"n\":1}|{\"token\":\"[secret]\",\"n\":1}",
        "password='it is open|password='[secret]",
        "password=abc,def next|password=[secret] next",
        "Record[token=abc, serial=7]|Record[token=[secret], serial=7]",
        "tokens: 3 and cookies=2|tokens: 3 and cookies=2",
        "token: 3141592|token: [secret]",
        "no token was given, reports-lost: 4|no token was given, reports-lost: 4",
        "Cookie: a=b; session=zz|Cookie: [secret]",
        "Authorization: Digest username=wei, response=6629f|Authorization: [secret] [secret]",
        "https://u:p@ss@h/x|https://[secret]@host-1/x",
        "curl --password hunter2 -v|curl --password [secret] -v",
        "[curl, --password, hunter2, -v]|[curl, --password, [secret], -v]",
        "enrol --token-file /root/t|enrol --token-file /root/t",
        "proxy wei:hunter2@10.0.0.1:3128|proxy [secret]@address-1:3128",
        "Authorization: Bearer abc.def-123|Authorization: [secret] [secret]",
        "device 00112233445566778899aabbccddeeff again|device id-1 again",
        "idt_4kPz9QwErTyUiOpAsDfGhJkL12 refused|[secret] refused",
        "127.0.0.1 and localhost stay|127.0.0.1 and localhost stay",
        "2026-11-27T00:38:15.123Z INFO policy taken serial=7|2026-11-27T00:38:15.123Z INFO policy"
            + " taken serial=7",
        "outbox/000000000012.json dev.interdict.agent.guard|outbox/000000000012.json"
            + " dev.interdict.agent.guard",
      })
  void what_gives_somebody_away_is_taken_out_and_nothing_else(String text, String shown) {
    assertEquals(shown, knowing().text(text));
    assertEquals(shown, knowing().text(shown), "a second time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----",
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/9t/kpLVvrr1/gLi94JRLBsw5WP/bBfiTg==",
      })
  void keys_are_gone(String key) {
    assertEquals("x [secret] y", knowing().text("x " + key + " y"));
  }

  @Test
  void the_same_name_has_the_same_pseudonym_everywhere_and_is_not_taken_out_twice() {
    var redaction = knowing();
    var once = redaction.text("/home/anna: anna? li@x.org, li@x.org, bob@x.org");
    assertEquals("/home/user-1: anna? email-1, email-1, email-2", once);
    assertEquals(once, redaction.text(once));
  }

  @Test
  void of_a_member_whose_name_says_so_nothing_is_shown() {
    var json =
        Json.object()
            .put("client-secret", "short")
            .put("token", "x y")
            .put("pin", 1234)
            .put("passwords", Json.texts(List.of("a", "b")))
            .put("credentials", Json.object().put("name", "a").build())
            .put("token-set", true)
            .put("cookie", "")
            .put("reports-lost", 3)
            .put("by", "zhao.lei")
            .build();
    assertEquals(
        Json.object()
            .put("client-secret", "[secret]")
            .put("token", "[secret]")
            .put("pin", "[secret]")
            .put("passwords", "[secret]")
            .put("credentials", "[secret]")
            .put("token-set", true)
            .put("cookie", "")
            .put("reports-lost", 3)
            .put("by", "user-1")
            .build(),
        knowing().json(json));
  }

  @Test
  void a_bundle_is_its_owners_alone_and_says_what_is_in_it() throws Exception {
    var bundle = new Bundle("test 1", Instant.parse("2026-07-01T00:00:00Z"), knowing());
    bundle.text("log.txt", "zhao.lei password=hunter2");
    bundle.missing("settings.json", "zhao.lei may not");
    var file = folder.resolve("x.zip");
    bundle.write(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var zip = new ZipFile(file.toFile())) {
      var log = zip.getInputStream(zip.getEntry("log.txt")).readAllBytes();
      assertEquals("user-1 password=[secret]", new String(log, StandardCharsets.UTF_8));
      var manifest =
          new String(
              zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertTrue(manifest.contains("\"secret\": 1"), manifest);
      assertTrue(manifest.contains("\"user\": 2"), manifest);
      assertFalse(manifest.contains("zhao"), manifest);
    }
    assertThrows(FileAlreadyExistsException.class, () -> bundle.write(file));
  }

  @Test
  void a_list_of_files_tells_no_content_and_nothing_from_closed_folders() throws Exception {
    Files.createDirectories(folder.resolve("quarantine/a"));
    Files.writeString(folder.resolve("quarantine/a/holiday.jpg"), "12345");
    Files.writeString(folder.resolve("clock.json"), "{}");
    var list = FileList.of(folder, java.util.Set.of("quarantine"));
    assertFalse(list.contains("holiday"), list);
    assertTrue(list.lines().anyMatch(line -> line.matches(".* 5 .* quarantine/")), list);
    assertTrue(list.contains("clock.json"), list);
  }

  @Test
  void a_bundle_that_could_not_be_written_leaves_no_half_of_one() {
    var bundle = new Bundle("test 1", Instant.parse("2026-07-01T00:00:00Z"), knowing());
    bundle.text("n".repeat(70_000), "no archive takes so long a name");
    var file = folder.resolve("x.zip");
    assertThrows(IllegalArgumentException.class, () -> bundle.write(file));
    assertFalse(Files.exists(file));
  }

  @Test
  void what_cannot_be_looked_at_ends_no_list() throws Exception {
    var near = deep(Files.createDirectories(folder.resolve("state/quarantine")));
    var far = Files.createDirectory(folder.resolve("far"));
    Files.writeString(deep(far).resolve("f"), "12345");
    Files.writeString(folder.resolve("state/x.json"), "{}");
    // Together longer than any path that the system opens.
    var moved = Files.move(far, near.resolve("far"));
    try {
      var list = FileList.of(folder.resolve("state"), java.util.Set.of("quarantine"));
      assertTrue(list.contains("x.json"), list);
      assertTrue(list.lines().anyMatch(line -> line.matches(".* quarantine/  .*unread.*")), list);
    } finally {
      Files.move(moved, far);
    }
  }

  private static Path deep(Path folder) throws IOException {
    var deepest = folder;
    for (var i = 0; i < 10; i++) {
      deepest = Files.createDirectory(deepest.resolve("d".repeat(240)));
    }
    return deepest;
  }
}
