package dev.interdict.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class ProxiesTest {
  private final Proxies proxies = Proxies.of(List.of("10.1.0.0/16", "192.0.2.1", "2001:db8::/32"));

  private String client(String peer, String... forwarded) {
    return proxies.client(peer, false, List.of(forwarded), List.of()).address();
  }

  @Test
  void the_word_of_a_stranger_does_not_count() {
    assertEquals("203.0.113.9", client("203.0.113.9", "1.2.3.4"));
    assertEquals("10.2.0.1", client("10.2.0.1", "1.2.3.4"));
    assertEquals(
        new Proxies.Client("203.0.113.9", false),
        proxies.client("203.0.113.9", false, List.of(), List.of("https")));
  }

  @Test
  void behind_proxies_it_is_the_last_address_that_is_none_of_theirs() {
    assertEquals("203.0.113.9", client("10.1.2.3", "203.0.113.9"));
    assertEquals("203.0.113.9", client("10.1.2.3", "1.2.3.4, 203.0.113.9, 192.0.2.1"));
    assertEquals("203.0.113.9", client("10.1.2.3", "1.2.3.4", "203.0.113.9"));
    assertEquals("203.0.113.9", client("2001:db8::7", "203.0.113.9"));
    assertEquals("10.1.2.3", client("10.1.2.3"));
    assertEquals("10.1.2.3", client("10.1.2.3", "1.2.3.4, not an address"));
    assertEquals("10.1.9.9", client("10.1.2.3", "10.1.9.9"));
  }

  @Test
  void a_proxy_says_whether_the_client_spoke_tls() {
    assertEquals(
        new Proxies.Client("10.1.2.3", true),
        proxies.client("10.1.2.3", false, List.of(), List.of("http", "https")));
    assertEquals(
        new Proxies.Client("10.1.2.3", false),
        proxies.client("10.1.2.3", false, List.of(), List.of("https", "http")));
  }

  @Test
  void what_is_no_network_is_refused() {
    for (var text : List.of("", "proxy.example", "10.1.0.0/33", "10.1.0.0/x", "10.1.0.0/0")) {
      assertThrows(IllegalArgumentException.class, () -> Proxies.of(List.of(text)), text);
    }
  }
}
