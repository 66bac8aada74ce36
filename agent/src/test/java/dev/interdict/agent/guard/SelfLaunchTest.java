package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfLaunchTest {
  private static final Path JAVA = Path.of("/usr/lib/interdict-agent/runtime/bin/java");

  @Test
  void workers_get_the_archive_of_classes_and_what_java_says_of_it_is_no_answer() {
    var line = new SelfLaunch(JAVA, "a.jar", null, "/c/classes.aot").line(64, List.of("sync"));
    assertTrue(line.indexOf("-XX:AOTCache=/c/classes.aot") > 0, line.toString());
    assertTrue(
        line.containsAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr")), line.toString());
    assertEquals("sync", line.getLast());
    assertTrue(line.indexOf("-XX:AOTCache=/c/classes.aot") < line.indexOf("-cp"), line.toString());
  }

  @Test
  void without_an_archive_there_is_no_word_of_it() {
    var line = new SelfLaunch(JAVA, "a.jar", null, null).line(64, List.of("sync"));
    assertFalse(line.stream().anyMatch(word -> word.contains("AOT")), line.toString());
  }

  @Test
  void a_scan_alone_compiles_little_and_a_line_may_be_asked_for_without_a_role() {
    var launch = new SelfLaunch(JAVA, "a.jar", null, null);
    var little = "-XX:CompileThresholdScaling=10";
    assertTrue(launch.line(64, List.of("scan", "--root", "/")).contains(little));
    assertFalse(launch.line(64, List.of("sync")).contains(little));
    assertFalse(launch.line(64, List.of()).contains(little));
  }
}
