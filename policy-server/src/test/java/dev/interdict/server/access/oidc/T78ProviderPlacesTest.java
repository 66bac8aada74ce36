package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Test 78: a provider does not have this server call something inside the company.
@Tag("any-database")
class T78ProviderPlacesTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  private final HttpClient client = HttpClient.newHttpClient();
  private HandwrittenProvider written;

  @BeforeEach
  void start() throws Exception {
    written = new HandwrittenProvider(clock);
  }

  @AfterEach
  void stop() {
    written.close();
    client.close();
  }

  private Provider provider(Set<String> allow) {
    return new Provider(written.settings(List.of(), allow), client, clock, Duration.ofSeconds(10));
  }

  @Test
  void endpoints_inside_are_not_called() {
    // A name of this machine that is not the issuer's stands for any service beside us.
    var beside = written.address().replace("127.0.0.1", "localhost");
    for (var inside :
        List.of(beside, "https://169.254.169.254", "https://10.0.0.5", "https://[fd00::1]:8443")) {
      written.tokenAt = inside + "/token";
      written.keysAt = written.address() + "/keys";
      refused("token_endpoint", inside);
      written.tokenAt = written.address() + "/token";
      written.keysAt = inside + "/keys";
      refused("jwks_uri", inside);
    }
    assertEquals(0, written.keysAsked.get());
    assertEquals(0, written.codesAsked.get());
  }

  private void refused(String endpoint, String inside) {
    var why =
        assertThrows(RefusedSignInException.class, () -> provider(Set.of()).keys("one"), inside);
    assertTrue(String.valueOf(why.getMessage()).contains(endpoint), why::toString);
    assertTrue(String.valueOf(why.getMessage()).contains("oidc.allow"), why::toString);
  }

  @Test
  void endpoints_inside_that_are_named_are_called() throws Exception {
    written.keysAt = written.address().replace("127.0.0.1", "localhost") + "/keys";
    assertNotNull(provider(Set.of("LOCALHOST")).keys("one").getKeyByKeyId("one"));
  }

  @Test
  void endpoints_outside_may_be_at_another_host() throws Exception {
    written.tokenAt = "https://1.1.1.1/token";
    assertEquals("1.1.1.1", provider(Set.of()).metadata().token().getHost());
  }

  @Test
  void a_key_is_believed_some_hours_and_not_for_ever() throws Exception {
    var provider = provider(Set.of());
    provider.keys("one");
    clock.move(Provider.KEYS_FOR.minusSeconds(1));
    provider.keys("one");
    assertEquals(1, written.keysAsked.get());
    clock.move(Duration.ofSeconds(2));
    provider.keys("one");
    assertEquals(2, written.keysAsked.get());
  }
}
