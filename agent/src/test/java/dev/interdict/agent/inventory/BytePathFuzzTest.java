package dev.interdict.agent.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class BytePathFuzzTest {

  @Test
  void a_path_has_one_text_and_never_climbs() throws InterruptedException {
    Fuzz.of("byte-path")
        .seeds("/", "/home/ada/%FF%1B/x%25", "/usr/lib/..data/.x")
        .words("/", "..", "%", "%2F", "%00", "%FF", "%2E%2E", "//")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var path = BytePath.parse(Fuzz.text(input));
          assertEquals(path, BytePath.parse(path.toString()));
          for (var component : path.components()) {
            var name = new String(component, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertTrue(!name.isEmpty() && !name.equals(".") && !name.equals(".."));
            assertTrue(name.indexOf('/') < 0 && name.indexOf('\0') < 0);
          }
        });
  }
}
