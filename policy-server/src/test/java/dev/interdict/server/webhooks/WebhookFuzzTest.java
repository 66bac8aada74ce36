package dev.interdict.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class WebhookFuzzTest {

  @Test
  void an_answer_has_a_status_or_is_none() throws InterruptedException {
    Fuzz.of("webhook-answer")
        .seeds(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.0 500 \r\n\r\n{\"errcode\":0}")
        .words("HTTP/1.1 1", "\r\n\r\n", "\n", "\"code\":", "99999999999")
        .refuses(IOException.class)
        .run(input -> {
          var in = new ByteArrayInputStream(input);
          var answer = Post.answer((most, _) -> Post.Source.some(in, most));
          assertTrue(answer.status() >= 100 && answer.status() <= 599, answer::toString);
          for (var template : Template.values()) {
            if (template.isTaken(answer)) {
              assertEquals(2, answer.status() / 100);
            }
          }
        });
  }

  @Test
  void an_address_is_https_with_a_host_and_nobody_within() throws InterruptedException {
    Fuzz.of("webhook-address")
        .seeds("https://siem.example/a?b=c", "http://127.0.0.1:9000/x", "https://[2001:db8::1]:8/")
        .words("@", "#", "\\", "\r\n", "//", "http:", "%00", "[", "127.1")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var uri = Destination.written(Fuzz.text(input), Set.of("127.0.0.1:9000"));
          assertNull(uri.getRawUserInfo());
          assertTrue(
              uri.getScheme().equalsIgnoreCase("https")
                  || Destination.host(uri).equals("127.0.0.1") && Destination.port(uri) == 9000,
              uri::toString);
        });
  }
}
