package dev.interdict.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class AskedFuzzTest {
  private static final List<String> WORDS = List.of("clear", "present", "");

  /// A line a value, the key before the first equals sign.
  private static Asked read(String text) {
    var values = new LinkedHashMap<String, List<String>>();
    for (var line : text.split("\n", -1)) {
      var key = line.split("=", 2);
      values.computeIfAbsent(key[0], _ -> new ArrayList<>()).add(key.length < 2 ? "" : key[1]);
    }
    return new Asked(values);
  }

  @Test
  void whatever_is_asked_is_refused_or_is_what_its_own_writing_says() throws Exception {
    Fuzz.of("asked")
        .seeds("dept=R&D\ndept=!Finance\nstate=present,clear", "sort=-host\ncols=id,host")
        .seeds("from=2026-07-10\nto=2026-07-11T00:00:00Z\ntz=Asia/Shanghai", "dept=\\!Bang\ndept=-")
        .words("!", "\\", "-", ",", "=", "\n", "dept=", "state=", "tz=", "T", "Z", "\u0000")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var asked = read(Fuzz.text(input));
          for (var key : asked.values().keySet()) {
            var terms = asked.names(key);
            assertEquals(terms, Terms.read(terms.written()));
          }
          asked.words("state", WORDS);
          asked.order("host");
          asked.columns(List.of("id", "host"));
          asked.from();
          asked.to();
        });
  }
}
