package dev.interdict.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.peer.PublicAddress;
import dev.interdict.server.peer.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class DestinationTest {

  @Test
  void only_addresses_of_the_public_internet_are_public() throws Exception {
    for (var inside :
        List.of(
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:1::",
            "2001:db8::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1")) {
      assertTrue(!PublicAddress.is(InetAddress.getByName(inside)), inside);
    }
    for (var outside : List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111")) {
      assertTrue(PublicAddress.is(InetAddress.getByName(outside)), outside);
    }
  }

  @Test
  void an_address_is_https_and_nothing_else_is_hidden_in_it() {
    assertEquals(
        "siem.example", Destination.written("https://siem.example/a?b=c", Set.of()).getHost());
    for (var bad :
        List.of(
            "",
            "siem.example",
            "http://siem.example/",
            "ftp://siem.example/",
            "file:///etc/passwd",
            "https:///a",
            "https://user:secret@siem.example/",
            "https://siem.example/#a",
            "https://siem.example/a\r\nHost: other",
            "https://siem.example/ä",
            "https://[::1",
            "http://127.0.0.1:9000/")) {
      assertThrows(IllegalArgumentException.class, () -> Destination.written(bad, Set.of()), bad);
    }
    Destination.written("http://127.0.0.1:9000/", Set.of("127.0.0.1:9000"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Destination.written("http://127.0.0.1:9001/", Set.of("127.0.0.1:9000")));
  }

  @Test
  void one_address_inside_among_others_is_enough_to_refuse() {
    Resolver mixed =
        _ -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
    var uri = URI.create("https://siem.example/");
    var refusal = assertThrows(IOException.class, () -> Destination.of(uri, Set.of(), mixed));
    assertTrue(String.valueOf(refusal.getMessage()).contains("10.0.0.1"), refusal::toString);
  }

  @Test
  void a_host_that_is_named_may_be_inside_but_plain_http_only_on_loopback() throws Exception {
    Resolver inside = _ -> List.of(InetAddress.getByName("10.0.0.1"));
    var uri = URI.create("https://chat.internal/");
    assertEquals(1, Destination.of(uri, Set.of("chat.internal"), inside).addresses().size());
    assertThrows(
        IOException.class,
        () -> Destination.of(URI.create("http://chat.internal/"), Set.of("chat.internal"), inside));
  }

  @Test
  void other_spellings_of_loopback_are_loopback() {
    for (var host : List.of("2130706433", "127.1", "[::ffff:7f00:1]", "localhost")) {
      var uri = URI.create("https://" + host + "/");
      if (uri.getHost() != null) {
        assertThrows(IOException.class, () -> Destination.of(uri, Set.of(), Resolver.SYSTEM), host);
      }
    }
  }
}
