package dev.interdict.server.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class PackWordsTest {
  private static final PackWords ENGLISH = new PackWords(Language.EN);
  private static final PackWords CHINESE = new PackWords(Language.ZH_CN);

  @Test
  void both_languages_say_the_same_things_with_the_same_values() {
    assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(CHINESE.keys()));
    for (var key : ENGLISH.keys()) {
      for (var words : new PackWords[] {ENGLISH, CHINESE}) {
        var said = words.get(key, "v0", "v1", "v2", "v3", "v4");
        assertFalse(said.contains("{") || said.isBlank(), () -> key + ": " + said);
      }
      for (var i = 0; i < 5; i++) {
        var value = "v" + i;
        assertEquals(
            ENGLISH.get(key, "v0", "v1", "v2", "v3", "v4").contains(value),
            CHINESE.get(key, "v0", "v1", "v2", "v3", "v4").contains(value),
            () -> key + " says " + value + " in one language alone");
      }
    }
  }

  @Test
  void every_text_is_used_somewhere() throws Exception {
    var code = new StringBuilder();
    try (var files = Files.list(Path.of("src/main/java/dev/interdict/server/evidence"))) {
      for (var file : files.toList()) {
        code.append(Files.readString(file));
      }
    }
    for (var key : ENGLISH.keys()) {
      assertTrue(key.startsWith("deed.") || code.indexOf("\"" + key + "\"") >= 0, key);
    }
  }

  @Test
  void both_guides_speak_of_the_same_files() {
    for (var file :
        new String[] {
          "SHA256SUMS", "report.pdf", "devices.csv", "exemptions.csv", "events.csv", "audit.csv",
          "audit.chain", "log-proof.json", "timestamp.json", "policies/", "{head}", "{oldest}"
        }) {
      assertTrue(ENGLISH.readme().contains(file), file);
      assertTrue(CHINESE.readme().contains(file), file);
    }
  }
}
