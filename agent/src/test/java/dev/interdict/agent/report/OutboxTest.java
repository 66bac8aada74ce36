package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir private Path folder;

  private static byte[] body(long sequence, @Nullable String previous) {
    return ("[\"" + sequence + " after " + previous + "\"]").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void reports_wait_in_order_and_chain_by_hash_across_restarts() throws IOException {
    Outbox.open(folder).add(OutboxTest::body);
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    var waiting = outbox.waiting();
    assertEquals(2, waiting.size());
    assertEquals(
        "[\"2 after " + ReportJson.hash(waiting.getFirst().bytes()) + "\"]",
        new String(waiting.getLast().bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void a_delivered_report_is_gone_and_its_number_is_not_used_again() throws IOException {
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    outbox.delivered(1);
    assertEquals(0, Outbox.open(folder).waiting().size());
    var again = Outbox.open(folder);
    again.add(OutboxTest::body);
    assertEquals(2, again.waiting().getFirst().sequence());
  }

  @Test
  void a_crash_between_report_and_note_goes_on_from_the_report() throws IOException {
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    var note = Files.readAllBytes(folder.resolve("last"));
    outbox.add(OutboxTest::body);
    Files.write(folder.resolve("last"), note);
    assertEquals(2, Outbox.open(folder).sequence());
  }

  @Test
  void a_damaged_note_goes_on_from_the_newest_report_and_never_begins_again_at_one()
      throws IOException {
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    outbox.add(OutboxTest::body);
    outbox.delivered(1);
    outbox.delivered(2);
    for (var note : new String[] {"", "{}", "{\"sequence\":\"1\",\"hash\":\"ab\"}"}) {
      Files.writeString(folder.resolve("last"), note);
      assertEquals(2, Outbox.open(folder).sequence());
    }
    for (var number : new int[] {1, 2}) {
      Files.delete(folder.resolve("sent").resolve("%012d.json".formatted(number)));
    }
    Files.writeString(folder.resolve("last"), "{}");
    assertThrows(IOException.class, () -> Outbox.open(folder));
  }

  @Test
  void a_damaged_report_is_set_aside_and_its_number_is_not_used_again() throws IOException {
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    outbox.add(OutboxTest::body);
    var second = folder.resolve("%012d.json".formatted(2));
    Files.write(second, new byte[40]);
    var again = Outbox.open(folder);
    assertEquals(1, again.waiting().size());
    again.add(OutboxTest::body);
    assertEquals(3, again.waiting().getLast().sequence());
  }

  @Test
  void the_oldest_give_way_when_the_server_is_away_for_long() throws IOException {
    var outbox = Outbox.open(folder);
    for (var i = 0; i < 210; i++) {
      outbox.add(OutboxTest::body);
    }
    var waiting = outbox.waiting();
    assertEquals(200, waiting.size());
    assertEquals(11, waiting.getFirst().sequence());
  }

  @Test
  void a_refused_report_is_kept_as_refused_and_never_counts_as_taken() throws IOException {
    var outbox = Outbox.open(folder);
    for (var i = 0; i < 3; i++) {
      outbox.add(OutboxTest::body);
    }
    outbox.delivered(1);
    outbox.refused(2, 413);
    var kept = Outbox.open(folder).newest(1 << 20);
    assertEquals(List.of(3L, 2L, 1L), kept.stream().map(Outbox.Kept::sequence).toList());
    assertEquals(
        List.of(Outbox.Kept.WAITING, 413, Outbox.Kept.DELIVERED),
        kept.stream().map(Outbox.Kept::status).toList());
    assertEquals(1, Outbox.open(folder).taken().sequence());
  }

  @Test
  void an_outbox_that_goes_on_later_keeps_that_across_restarts_and_never_goes_back()
      throws IOException {
    var outbox = Outbox.open(folder);
    outbox.add(OutboxTest::body);
    assertTrue(outbox.resume(9));
    assertFalse(outbox.resume(9));
    assertFalse(outbox.resume(3));
    var again = Outbox.open(folder);
    again.add(OutboxTest::body);
    assertEquals(9, again.sequence());
  }
}
