package dev.interdict.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HttpFuzzTest {

  private static String encoded(Map<String, List<String>> fields) {
    return fields.entrySet().stream()
        .flatMap(field ->
            field.getValue().stream().map(value -> encoded(field.getKey()) + "=" + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void forms_and_queries() throws InterruptedException {
    Fuzz.of("form")
        .seeds("rule=claude-code&state=present&dept=R%26D&q=a+b", "a", "&&b=%E4%B8%AD&b=")
        .words("%", "%2", "%zz", "%C0%80", "+", "=", "&", "%00")
        .refuses(RefusedException.class)
        .run(input -> {
          var fields = FormEncoding.decode(Fuzz.text(input));
          assertEquals(fields, FormEncoding.decode(encoded(fields)));
        });
  }

  @Test
  void paths() throws InterruptedException {
    Fuzz.of("path")
        .seeds("/", "/api/v1/rules/claude-code", "/tuf/targets/blocklist/ab.global.json/")
        .words("/", "//", "/./", "/../", "%2e", ";x", "\\", "..", "a/b/c/d/e/f/g/h/")
        .run(input -> {
          var path = Fuzz.text(input);
          if (CanonicalPath.is(path)) {
            assertFalse(path.contains("//") || (path + "/").contains("/../"), path);
            assertFalse((path + "/").contains("/./") || path.contains("%"), path);
          }
        });
  }

  @Test
  void forwarded_addresses() throws InterruptedException {
    var proxies = Proxies.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"));
    Fuzz.of("forwarded")
        .seeds("203.0.113.9, 10.1.2.3", "2001:db8::1,::ffff:10.1.2.3", "unknown, , 1.2.3.4:80")
        .words(",", " ", "::", ":", "%eth0", "127.0.0.1", "0x7f.1", "999")
        .run(input -> {
          var forwarded = List.of(Fuzz.text(input));
          var client = proxies.client("127.0.0.1", false, forwarded, List.of());
          assertTrue(client.address().matches("[0-9a-fA-F.:%a-z]+"), client.address());
          var stranger = proxies.client("203.0.113.9", false, forwarded, forwarded);
          assertEquals(new Proxies.Client("203.0.113.9", false), stranger);
        });
  }

  @Test
  void the_paths_that_are_let_in() {
    for (var path : List.of("/", "/a", "/a/", "/a/b.c/..d", "/api/v1/rules/claude-code")) {
      assertTrue(CanonicalPath.is(path), path);
    }
    for (var path :
        List.of("", "a", "//", "/a//b", "/a//", "/.", "/a/../b", "/a/..", "/a%2e", "/a;b")) {
      assertFalse(CanonicalPath.is(path), path);
    }
  }

  @Test
  void cookies() throws InterruptedException {
    Fuzz.of("cookie")
        .seeds("interdict=abc", "a=b; interdict=abc; c=d")
        .words("interdict=", ";", "=", "\"", " ", "__Host-interdict=x")
        .run(input -> {
          var line = Fuzz.text(input);
          var headers = Map.of("cookie", List.of(line));
          var request =
              new HttpRequest("GET", "/", null, headers, "127.0.0.1", false, Map.of(), new byte[0]);
          var value = request.cookie("interdict");
          assertFalse(value != null && value.contains(";"));
        });
  }
}
