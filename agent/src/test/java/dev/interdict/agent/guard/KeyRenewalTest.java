package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.trust.DurableFile;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRenewalTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.exchange.run();
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void compose() throws IOException {
    scene.outbox.add((sequence, _) -> ("report " + sequence).getBytes(StandardCharsets.UTF_8));
  }

  private void wish() throws IOException {
    DurableFile.write(scene.state.keyWish(), new byte[0]);
  }

  private void pass(Duration time) {
    scene.boot.pass(time);
  }

  /// The paths to which the last exchange posted.
  private List<String> posted() {
    return scene.carrier.jobs.getLast().posts().stream().map(post -> post.path()).toList();
  }

  private DeviceKeys keys() throws IOException {
    return DeviceKeys.load(scene.state, scene.enrolment);
  }

  @Test
  void a_key_is_replaced_when_it_is_a_year_old_and_not_months_before() throws Exception {
    pass(YEAR.minusDays(61));
    scene.exchange.run();
    scene.exchange.run();
    assertEquals(List.of(), posted());
    pass(Duration.ofDays(61));
    scene.exchange.run();
    compose();
    scene.exchange.run();
    assertEquals(List.of(Routes.KEY, Routes.REPORTS), posted());
    assertTrue(keys().taken());
    scene.exchange.run();
    assertEquals(List.of(), posted());
  }

  @Test
  void the_wish_of_an_administrator_is_carried_out_once() throws Exception {
    wish();
    scene.exchange.run();
    assertEquals(List.of(Routes.KEY), posted());
    assertFalse(Files.exists(scene.state.keyWish()));
    scene.exchange.run();
    assertEquals(List.of(), posted());
  }

  @Test
  void a_key_is_on_disk_before_it_is_offered_and_offered_until_there_is_an_answer()
      throws Exception {
    wish();
    scene.carrier.reachable = false;
    scene.exchange.run();
    var offered = keys();
    assertFalse(offered.taken());
    scene.carrier.reachable = true;
    scene.carrier.status = _ -> 503;
    scene.exchange.run();
    scene.carrier.status = _ -> 204;
    scene.exchange.run();
    assertEquals(List.of(Routes.KEY), posted());
    assertEquals(String.valueOf(offered.to()), keys().current().toString());
  }

  @Test
  void a_server_that_knows_no_such_request_gets_the_reports_under_the_old_key() throws Exception {
    wish();
    compose();
    scene.carrier.status = _ -> 404;
    scene.exchange.run();
    scene.exchange.run();
    assertEquals(List.of(Routes.REPORTS), posted());
    assertEquals(scene.enrolment.publicKey(), keys().current().publicKey());
    pass(KeyRenewal.PAUSE);
    scene.exchange.run();
    assertEquals(Routes.KEY, posted().getFirst());
  }
}
