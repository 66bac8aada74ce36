package dev.interdict.agent.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PageWordsTest {
  private static final Messages ENGLISH = Messages.load(Phrases.class, "page", Language.EN);
  private static final Messages CHINESE = Messages.load(Phrases.class, "page", Language.ZH_CN);

  @Test
  void both_languages_say_the_same_things_with_the_same_values() {
    assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(CHINESE.keys()));
    for (var key : ENGLISH.keys()) {
      var english = new TreeSet<>(ENGLISH.names(key));
      var chinese = new TreeSet<>(CHINESE.names(key));
      english.removeIf(name -> name.endsWith("_n"));
      chinese.removeIf(name -> name.endsWith("_n"));
      if (!key.equals("until.days")) {
        assertTrue(english.containsAll(chinese), key);
      }
    }
  }

  @Test
  void every_message_is_used() throws IOException {
    var used = new StringBuilder();
    for (var folder : new String[] {"src/main/java/dev/interdict/agent/page", "src/main/jte"}) {
      try (var files = Files.walk(Path.of(folder))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          used.append(Files.readString(file));
        }
      }
    }
    var unused = new ArrayList<String>();
    for (var key : ENGLISH.keys()) {
      var stem = key.contains(".") ? key.substring(0, key.lastIndexOf('.') + 1) : key;
      var named = used.indexOf("\"" + key + "\"") >= 0;
      if (!named
          && used.indexOf("\"" + stem + "\" + ") < 0
          && used.indexOf("(\"" + stem + "\" +") < 0) {
        unused.add(key);
      }
    }
    assertEquals(new ArrayList<String>(), unused);
  }
}
