package dev.interdict.agent.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What any process of this machine can send to the page's port.
class PageFuzzTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void forms() throws InterruptedException {
    Fuzz.of("page-form")
        .seeds(
            bytes("verb=remove&about=claude-code&token=AAAA"),
            bytes("reason=%E5%AE%A2%E6%88%B7+demo%0D%0A&until=2026-07-31"))
        .words("%", "%0", "%00", "%FF", "&", "=", "+")
        .run(input -> {
          var form = Form.read(new String(input, StandardCharsets.ISO_8859_1));
          if (form != null) {
            assertTrue(form.fields().size() <= 16);
            assertFalse(form.fields().toString().contains("\0"));
          }
        });
  }

  @Test
  void cookies() throws InterruptedException {
    Fuzz.of("page-cookie")
        .seeds(bytes("interdict-page=AAAA; other=x"), bytes("a=b; interdict-page=\"x\""))
        .words(";", "=", "interdict-page=", " ")
        .run(input ->
            assertFalse(Gate.cookie(new String(input, StandardCharsets.ISO_8859_1)).contains(";")));
  }
}
