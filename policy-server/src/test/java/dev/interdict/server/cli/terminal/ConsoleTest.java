package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String TEXT =
      "id: x\n\tname: \"迅雷 C:\\temp $1\"\r\n# \u001b]0;owned\u0007\u001b[2J\u202eevil\n\n";

  private static String printed(boolean terminal) {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    new Console(
            writer,
            writer,
            false,
            new Screen(terminal, false, () -> 0),
            "anna",
            InstantSource.system(),
            new SecureRandom(),
            PassphraseSource.NONE)
        .text(TEXT);
    return out.toString();
  }

  @Test
  void a_terminal_is_told_nothing_by_somebody_elses_text() {
    assertEquals(
        "id: x\n\tname: \"迅雷 C:\\temp $1\"\\u{d}\n"
            + "# \\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{202e}evil\n\n",
        printed(true));
  }

  @Test
  void a_file_gets_the_text_as_it_is() {
    assertEquals(TEXT, printed(false));
  }

  @Test
  void an_account_without_a_name_is_told_by_its_number() throws Exception {
    assertEquals("ada", Console.account("ada"));
    var own = Path.of("/proc/self");
    if (Files.exists(own)) {
      assertEquals("uid " + Files.getAttribute(own, "unix:uid"), Console.account("?"));
    }
  }
}
