package dev.interdict.demo.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final Instant ANNOUNCED = Instant.parse("2026-07-03T01:00:00Z");
  private static final Ban BAN =
      new Ban(
          "claude-code",
          new PolicyVersion(1, 1),
          ANNOUNCED,
          ANNOUNCED.plusSeconds(120),
          Duration.ofSeconds(30));
  private static final Reports REPORTS = new Reports(BAN);

  /// Keeps what is sent.
  private static final class Recorder implements FleetDevice.Post {
    private final List<SignedPost> sent = new ArrayList<>();
    private boolean down;

    @Override
    public void send(SignedPost what, Life sender, String nonce) throws IOException {
      if (down) {
        throw new IOException("the server is down");
      }
      sent.add(what);
    }
  }

  private static List<SignedPost> life(long seed, int index) throws IOException {
    var recorder = new Recorder();
    var device = new FleetDevice(new Births(seed).life(index), recorder);
    device.enrol("a token");
    for (var step : new Course(BAN).of(device.life(), ANNOUNCED.plusSeconds(5))) {
      device.report(REPORTS, step.condition(), step.at());
    }
    device.reportAgain(BAN.effective().plusSeconds(60));
    return recorder.sent;
  }

  @Test
  void the_same_seed_sends_the_same_bytes() throws IOException {
    for (var index = 0; index < 60; index++) {
      var first = life(7, index);
      var second = life(7, index);
      assertEquals(first.size(), second.size());
      for (var i = 0; i < first.size(); i++) {
        assertArrayEquals(first.get(i).body(), second.get(i).body());
      }
    }
  }

  @Test
  void another_seed_is_another_company() throws IOException {
    assertNotEquals(new Births(7).life(0).facts().id(), new Births(8).life(0).facts().id());
  }

  @Test
  void no_two_devices_share_a_key() {
    var births = new Births(7);
    var ids = new HashSet<>();
    for (var index = 0; index < 300; index++) {
      ids.add(births.life(index).facts().id());
    }
    assertEquals(300, ids.size());
  }

  @Test
  void every_report_can_be_read_and_carries_the_hash_of_the_one_before()
      throws IOException, JsonException {
    for (var index = 0; index < 60; index++) {
      var sent = life(7, index);
      byte[] before = null;
      for (var post : sent.subList(1, sent.size())) {
        Report report = ReportJson.read(post.body());
        assertEquals(post.sequence(), report.sequence());
        assertEquals(before == null ? null : ReportJson.hash(before), report.previousHash());
        before = post.body();
      }
    }
  }

  @Test
  void a_report_that_was_not_taken_leaves_no_gap_in_the_chain() throws IOException {
    var recorder = new Recorder();
    var device = new FleetDevice(new Births(7).life(1), recorder);
    device.report(REPORTS, new Condition.Clear(), ANNOUNCED);
    recorder.down = true;
    try {
      device.report(REPORTS, new Condition.Clear(), ANNOUNCED.plusSeconds(1));
    } catch (IOException _) {
      recorder.down = false;
    }
    device.report(REPORTS, new Condition.Clear(), ANNOUNCED.plusSeconds(2));
    assertEquals(List.of(1L, 2L), recorder.sent.stream().map(SignedPost::sequence).toList());
  }

  @Test
  void nobody_removes_before_the_date_or_before_the_minimum_notice_is_over() {
    var births = new Births(7);
    var late = BAN.effective().minusSeconds(10);
    for (var index = 0; index < 300; index++) {
      for (var step : new Course(BAN).of(births.life(index), late)) {
        if (step.condition() instanceof Condition.Removing) {
          assertFalse(step.at().isBefore(late.plus(BAN.minimumNotice())));
        }
      }
    }
  }

  @Test
  void the_company_holds_every_fate() {
    var births = new Births(7);
    var fates = new HashSet<Class<?>>();
    for (var index = 0; index < 1500; index++) {
      fates.add(births.life(index).fate().getClass());
    }
    assertTrue(fates.containsAll(List.of(Fate.class.getPermittedSubclasses())), fates.toString());
  }

  @Test
  void the_shares_of_the_divisions_add_up() {
    assertEquals(100, Division.COMPANY.stream().mapToInt(Division::share).sum());
  }
}
