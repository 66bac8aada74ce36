package dev.interdict.agent.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.platform.session.ListeningGuard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class GuardClientTest {
  @TempDir Path folder;

  @Test
  void values_travel_with_the_question() throws Exception {
    try (var guard = new ListeningGuard(folder.resolve("sock"), Map.of())) {
      new GuardClient(guard.socket()).ask("defer", "claude-code", Map.of("times", "1"));
      var asked = guard.next();
      assertEquals("defer", asked.verb());
      assertEquals("claude-code", asked.about());
      assertEquals(Map.of("times", "1"), asked.with());
    }
  }

  @Test
  void a_refusal_is_told_apart_from_no_answer() throws Exception {
    try (var guard =
        new ListeningGuard(folder.resolve("sock"), Map.of("x", "{\"error\":\"no\"}"))) {
      var client = new GuardClient(guard.socket());
      var refused = assertThrows(RefusedByGuardException.class, () -> client.ask("x", null));
      assertEquals("no", refused.getMessage());
    }
    var away = new GuardClient(folder.resolve("nothing"));
    var error = assertThrows(IOException.class, () -> away.ask("x", null));
    assertFalse(error instanceof RefusedByGuardException);
    assertTrue(String.valueOf(error.getMessage()).contains("interdict-agent guard"));
  }

  @Test
  void a_guard_that_never_answers_is_given_up() throws IOException {
    var socket = folder.resolve("sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      var client = new GuardClient(socket, Duration.ofMillis(100));
      var error = assertThrows(IOException.class, () -> client.ask("status", null));
      assertTrue(String.valueOf(error.getMessage()).contains("gave no answer within"));
    }
  }
}
