package dev.interdict.simulation.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerOnDiskTest {
  private static final int CUTS = 50;
  private static final RuleId EARLIER = new RuleId("earlier");
  private static final RuleId REFUSED = new RuleId("refused");
  private static final RuleId LATER = new RuleId("later");

  private final SimulatedDisk disk = new SimulatedDisk();

  private Ledger ledger() throws IOException {
    return Ledger.open(disk.root());
  }

  private static void remember(Ledger ledger, RuleId rule) throws IOException {
    ledger.append(new Entry.Seen(rule, Instant.EPOCH));
  }

  @Test
  void a_refused_write_takes_no_later_line_with_it() throws Exception {
    var ledger = ledger();
    remember(ledger, EARLIER);
    disk.fail("No space left on device");
    assertThrows(IOException.class, () -> remember(ledger, REFUSED));
    disk.fail(null);
    remember(ledger, LATER);
    var next = ledger();
    assertTrue(next.of(EARLIER).known());
    assertFalse(next.of(REFUSED).known());
    assertTrue(next.of(LATER).known());
    assertEquals(0, next.damaged());
  }

  @Test
  void what_a_new_ledger_remembers_outlives_a_power_cut() throws Exception {
    for (var seed = 0; seed < CUTS; seed++) {
      disk.restore(new SimulatedDisk());
      remember(ledger(), EARLIER);
      disk.cutPower(new Random(seed));
      assertTrue(ledger().of(EARLIER).known(), "cut " + seed);
    }
  }

  @Test
  void what_a_rewritten_ledger_remembers_outlives_a_power_cut() throws Exception {
    for (var seed = 0; seed < CUTS; seed++) {
      disk.restore(new SimulatedDisk());
      remember(ledger(), EARLIER);
      var torn = "0000".getBytes(StandardCharsets.US_ASCII);
      Files.write(disk.root().resolve("ledger"), torn, StandardOpenOption.APPEND);
      remember(ledger(), LATER);
      disk.cutPower(new Random(seed));
      assertTrue(ledger().of(EARLIER).known(), "cut " + seed);
      assertTrue(ledger().of(LATER).known(), "cut " + seed);
    }
  }
}
