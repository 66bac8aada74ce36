package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.state.Uplink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UplinkOptionsTest {
  private static UplinkOptions options(String... arguments) {
    var options = new UplinkOptions();
    CommandLine.populateCommand(options, arguments);
    return options;
  }

  @Test
  void the_environment_counts_for_an_enrolment_alone_and_after_what_is_typed() throws Exception {
    var environment = Map.of("INTERDICT_PROXY", "site.example:3128", "INTERDICT_CA_FILE", "");
    assertEquals("site.example:3128", options().over(environment).proxy());
    assertEquals("mine.example:1", options("--proxy", "mine.example:1").over(environment).proxy());
    assertEquals(Uplink.STRAIGHT, options().over(Map.of()));
    var before = new Uplink(null, "kept.example:8080");
    assertEquals(before, options().over(before));
  }
}
