package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InForceIT {
  @Test
  void pages_show_the_list_that_devices_believe(@TempDir Path folder) throws Exception {
    try (var on = new TestingRepository(folder)) {
      var inForce = new InForce(on.publications);
      assertEquals(Blocklist.EMPTY, inForce.get());
      on.publisher.publish(
          "anna",
          List.of(TestingRepository.draft("some-tool", "Some Tool")),
          TestingRepository.AGREED);
      assertEquals(on.believed(), inForce.get());
      on.publisher.withdraw("anna", new RuleId("some-tool"));
      assertEquals(on.believed(), inForce.get());
      assertEquals(2, inForce.get().serial());
    }
  }

  @Test
  void what_was_begun_but_never_shown_is_not_in_force(@TempDir Path folder) throws Exception {
    try (var on = new TestingRepository(folder)) {
      on.publications.begin(
          1, "anna", "added x", "00", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertEquals(Blocklist.EMPTY, new InForce(on.publications).get());
    }
  }
}
