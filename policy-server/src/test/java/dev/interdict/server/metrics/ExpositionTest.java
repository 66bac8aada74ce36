package dev.interdict.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class ExpositionTest {

  @Test
  void what_is_written_is_what_the_format_says() {
    var counters = new Counters("rule", "result");
    counters.count("claude-code", "failed");
    counters.count("a\"b\\c\nd", "failed");
    counters.count("a\"b\\c\nd", "failed");
    var times = new Histogram(0.1, 1);
    times.add(0.05);
    times.add(0.1);
    times.add(7);
    var text =
        new Exposition()
            .counters("x_total", "Help with \\ and\nline.", counters)
            .family("y_seconds", "histogram", "Times.")
            .histogram("y_seconds", times, "listener", "device")
            .text();
    assertEquals(
        """
        # HELP x_total Help with \\\\ and\\nline.
        # TYPE x_total counter
        x_total{rule="a\\"b\\\\c\\nd",result="failed"} 2
        x_total{rule="claude-code",result="failed"} 1
        # HELP y_seconds Times.
        # TYPE y_seconds histogram
        y_seconds_bucket{listener="device",le="0.1"} 2
        y_seconds_bucket{listener="device",le="1"} 2
        y_seconds_bucket{listener="device",le="+Inf"} 3
        y_seconds_sum{listener="device"} 7.15
        y_seconds_count{listener="device"} 3
        """,
        text);
    assertEquals(List.of(), ExpositionChecker.faults(text));
  }

  @Test
  void the_checker_sees_what_is_wrong() {
    for (var bad :
        List.of(
            "x 1",
            "x 1\n",
            "# TYPE x gauge\nx 1\n",
            "# HELP x a\n# TYPE x gauge\nx{a=\"b} 1\n",
            "# HELP x a\n# TYPE x gauge\nx{a=\"b\",} 1\n",
            "# HELP x a\n# TYPE x gauge\nx{a=\"b\\c\"} 1\n",
            "# HELP x a\n# TYPE x gauge\nx 1\nx 2\n",
            "# HELP x a\n# TYPE x gauge\ny 2\n",
            "# HELP x a\n# TYPE x counter\nx 2\n",
            "# HELP x a\n# TYPE x histogram\nx_bucket{le=\"1\"} 3\nx_bucket{le=\"+Inf\"} 2\n",
            "# HELP x a\n# TYPE x histogram\nx_bucket{le=\"+Inf\"} 2\nx_count 3\n")) {
      assertFalse(ExpositionChecker.faults(bad).isEmpty(), bad);
    }
  }

  @Test
  void labels_that_devices_make_up_fill_nobodys_memory() {
    var counters = new Counters("rule");
    for (var i = 0; i < 5_000; i++) {
      counters.count("rule-" + i);
    }
    assertEquals(2_001, counters.values().size());
    assertEquals(3_000, counters.values().get(List.of("other")));
  }

  @Test
  void a_family_stands_once() {
    var out = new Exposition().family("x", "gauge", "a");
    var refusal = assertThrows(IllegalStateException.class, () -> out.family("x", "gauge", "a"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("x"));
  }
}
