package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Language;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardOptionsTest {
  private static final Path STATE = Path.of("/var/lib/interdict-agent");

  private static GuardOptions parse(String line) {
    return GuardOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), STATE);
  }

  @Test
  void without_options_it_watches_the_machine_every_quarter_of_an_hour() {
    var options = parse("");
    assertEquals(Path.of("/"), options.root());
    assertEquals(STATE, options.state());
    assertEquals(Duration.ofMinutes(15), options.interval());
    assertEquals(
        List.of(true, false, false),
        List.of(options.desktop(), options.terminal(), options.once()));
  }

  @Test
  void every_option_is_kept_whatever_follows_it() {
    assertEquals(
        new GuardOptions(
            Path.of("/m"),
            Path.of("/s"),
            Duration.ofSeconds(2),
            Path.of("/e"),
            true,
            false,
            true,
            Language.ZH_CN),
        parse(
            "--terminal --no-desktop --once --lang zh-cn --events /e --interval PT2S --root /m"
                + " --state /s"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--interval",
        "--interval 15",
        "--interval PT0S",
        "--interval -PT5M",
        "--interval PT9999999999H",
        "--lang fr",
        "--loud",
        "--root",
        "stray"
      })
  void what_makes_no_sense_is_refused_with_the_option_named(String line) {
    var refused = assertThrows(IllegalArgumentException.class, () -> parse(line));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(line.split(" ")[0]), message);
  }
}
