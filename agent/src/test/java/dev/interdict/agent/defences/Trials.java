package dev.interdict.agent.defences;

import dev.interdict.agent.defences.Defence.TestName;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles sources before everything that is built already, and runs tests on both.
///
/// @param project the folder with the modules
/// @param work a folder of our own
/// @param classPath what is built, with the tests
record Trials(Path project, Path work, String classPath) {
  /// How tests went.
  ///
  /// @param results by test; one that is not in it ended the process, or never ended
  /// @param output all that was said
  record Went(Map<String, Trial.Result> results, String output) {
    /// Whether the process came as far as to run tests.
    boolean begun() {
      return output.lines().anyMatch(Trial.BEGUN::equals);
    }
  }

  /// @param sources by class
  /// @param minutes after which it is ended
  /// @throws IllegalStateException if they do not compile
  Went run(Map<String, String> sources, Path module, Collection<TestName> tests, int minutes)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(work, "trial");
    try {
      var classes = Files.createDirectory(folder.resolve("classes"));
      if (!sources.isEmpty()) {
        compile(sources, classes);
      }
      return run(folder, classes + ":" + classPath, module, tests, minutes);
    } finally {
      delete(folder);
    }
  }

  private void compile(Map<String, String> sources, Path classes) {
    var options =
        List.of("-proc:none", "-nowarn", "-parameters", "-d", classes.toString(), "-cp", classPath);
    var files = sources.entrySet().stream().map(one -> file(one.getKey(), one.getValue())).toList();
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (!compiler.getTask(said, null, null, options, null, files).call()) {
      throw new IllegalStateException("does not compile: " + said);
    }
  }

  private static JavaFileObject file(String type, String source) {
    var name = URI.create("string:///" + type.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private Went run(
      Path folder, String classPath, Path module, Collection<TestName> tests, int minutes)
      throws IOException, InterruptedException {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.setAttribute(temporary, "unix:mode", 01777);
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=dev/interdict/agent/logback.xml",
                "-cp",
                classPath,
                Trial.class.getName()));
    tests.forEach(test -> command.add(test.toString()));
    var said = folder.resolve("said");
    var process =
        Cage.around(temporary, project, module, command).redirectOutput(said.toFile()).start();
    try {
      process.waitFor(minutes, TimeUnit.MINUTES);
    } finally {
      process.destroyForcibly().waitFor();
    }
    var output = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    return new Went(results(output), output);
  }

  private static Map<String, Trial.Result> results(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(Trial.SAID))
        .map(line -> line.substring(Trial.SAID.length()).split(" ", -1))
        .collect(
            Collectors.toMap(
                line -> line[0],
                line -> Trial.Result.valueOf(line[1]),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
