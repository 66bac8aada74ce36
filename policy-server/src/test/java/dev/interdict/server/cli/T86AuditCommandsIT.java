package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.WitnessedHeads;
import dev.interdict.trust.metadata.LogHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 86: the first bad row, or the missing tail, is named.
class T86AuditCommandsIT {
  @TempDir Path temporary;
  private Path folder = Path.of("");
  private String dir = "";

  @BeforeEach
  void a_server_with_a_history() {
    folder = temporary.resolve("server");
    dir = folder.toString();
    var line = new ArrayList<>(List.of("init", dir));
    line.addAll(TestingDatabase.initOptions(folder));
    assertEquals(0, Typed.server(line.toArray(String[]::new)).code());
    for (var name : List.of("anna", "bo")) {
      Typed.server("account", "create", name, "--role", "viewer", "-d", dir);
    }
  }

  private Typed verify(String... more) {
    var line = new ArrayList<>(List.of("audit", "verify", "-d", dir));
    line.addAll(List.of(more));
    return Typed.admin(line.toArray(String[]::new));
  }

  private void tamper(String sql) {
    try (var database = TestingDatabase.open(folder)) {
      database.write(connection -> Sql.update(connection, sql));
    }
  }

  @Test
  void a_log_as_it_was_written_says_its_head() {
    var intact = verify();
    assertEquals(0, intact.code(), intact::err);
    assertTrue(intact.out().contains("Head"), intact::out);
    var tail = Typed.admin("audit", "tail", "-n", "1", "-d", dir);
    assertTrue(tail.out().contains("account.create") && tail.out().contains("bo"), tail::out);
    assertEquals(2, verify("--head", "x").code());
    assertEquals(2, Typed.admin("audit", "tail", "-n", "0", "-d", dir).code());
  }

  @Test
  void a_changed_row_is_named() {
    tamper("update audit set object = 'eve' where object = 'anna'");
    var broken = verify();
    assertEquals(1, broken.code());
    assertTrue(broken.out().contains("changed after it was written"), broken::out);
  }

  @Test
  void a_cut_tail_shows_against_what_was_kept() throws IOException {
    var head = verify().out().replaceAll("(?s).*Head\\s+(\\S+).*", "$1");
    tamper("delete from audit where object = 'bo'");
    assertEquals(1, verify("--head", head).code());
    var broken = verify("--head", head);
    assertTrue(broken.out().contains("the tail is missing"), broken::out);
    var stranger = temporary.resolve("timestamp.json");
    Files.writeString(stranger, "{}");
    assertEquals(2, verify("--timestamp", stranger.toString()).code());
  }

  @Test
  void every_copy_of_a_timestamp_is_a_witness() throws IOException {
    var head = verify().out().replaceAll("(?s).*Head\\s+(\\S+).*", "$1").split(":");
    var own = folder.resolve("repository").resolve("timestamp.json");
    var told = "{\"length\":" + head[0] + ",\"sha256\":\"" + head[1] + "\"}";
    var before = Files.readString(own);
    var text = before.replaceFirst("(?<=\"x-interdict-log\":)\\{[^}]*}", told);
    assertNotEquals(before, text);
    var witness = temporary.resolve("timestamp.json");
    Files.writeString(witness, text);
    var compared = verify("--timestamp", witness.toString());
    assertEquals(0, compared.code(), compared::err);
    tamper("delete from audit where object = 'bo'");
    assertEquals(0, verify().code());
    assertEquals(1, verify("--timestamp", witness.toString()).code());
    Files.writeString(own, text);
    var broken = verify();
    assertEquals(1, broken.code());
    assertTrue(broken.out().contains("the tail is missing"), broken::out);
  }

  @Test
  void what_a_device_saw_over_months_is_a_witness() throws Exception {
    var kept = verify().out().replaceAll("(?s).*Head\\s+(\\S+).*", "$1").split(":");
    var head = new LogHead(Long.parseLong(kept[0]), kept[1]);
    var seen = WitnessedHeads.NONE.with(head, Typed.NOW);
    var file = Files.write(temporary.resolve("log-heads.json"), seen.write());
    pause("One.");
    assertEquals(0, verify("--witness", file.toString()).code());
    tamper("update audit set hash = 'x' where seq = " + head.length());
    assertEquals(1, verify("--witness", file.toString()).code());
    var other = new LogHead(head.length(), "0".repeat(64));
    Files.write(file, seen.with(other, Typed.NOW).write());
    assertEquals(1, verify("--witness", file.toString()).code());
    Files.writeString(file, "{}");
    assertEquals(2, verify("--witness", file.toString()).code());
  }

  @Test
  void a_log_that_was_written_anew_whole_shows_against_what_a_device_saw() throws Exception {
    var kept = verify().out().replaceAll("(?s).*Head\\s+(\\S+).*", "$1").split(":");
    var other = new LogHead(Long.parseLong(kept[0]), "0".repeat(64));
    var seen = WitnessedHeads.NONE.with(other, Typed.NOW);
    var file = Files.write(temporary.resolve("log-heads.json"), seen.write());
    assertEquals(0, verify().code());
    var broken = verify("--witness", file.toString());
    assertEquals(1, broken.code());
    assertTrue(broken.out().contains("written anew"), broken::out);
  }

  @Test
  void a_log_that_was_cut_is_not_vouched_for_by_what_is_signed_afterwards() {
    pause("One.");
    pause("Two.");
    assertEquals(0, verify().code());
    tamper("delete from audit where seq >= (select max(seq) - 1 from audit)");
    pause("Three.");
    pause("Four.");
    var broken = verify();
    assertEquals(1, broken.code(), broken::out);
    assertTrue(broken.out().contains("a head kept"), broken::out);
  }

  private void pause(String reason) {
    var paused = Typed.admin("pause", "--all", "--reason", reason, "-d", dir);
    assertEquals(0, paused.code(), paused::err);
  }
}
