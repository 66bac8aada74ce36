package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogConfigurationTest {
  /// What the library has to say of its own set-up it writes to standard output.
  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void a_log_leaves_standard_output_to_the_answer(String form) throws Exception {
    var logged = run("-Dinterdict.log.form=" + form);
    assertEquals("answer\n", logged.out());
    assertTrue(logged.err().contains("something is wrong"), logged::err);
    assertEquals(form.equals("json"), logged.err().startsWith("{"), logged::err);
  }

  private record Printed(String out, String err) {}

  private static Printed run(String option) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            option,
            "-Dlogback.configurationFile=logback.xml"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Logging.class.getName()));
    var process = new ProcessBuilder(command).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), err);
    return new Printed(out, err);
  }

  /// A program that logs and answers.
  static final class Logging {
    public static void main(String[] args) {
      LoggerFactory.getLogger(Logging.class).warn("something is wrong");
      System.out.print("answer\n");
    }
  }
}
