package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.scope.Scope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A client that a stock generator makes of the description, compiled without a change and run as a
/// program of its own with a token. The Maven profile `generated-client` brings the jars.
@Tag("any-database")
@EnabledIfSystemProperty(
    named = "interdict.generated-client",
    matches = ".+",
    disabledReason = "needs a code generator: mvn verify -Pgenerated-client")
class GeneratedClientIT {
  private static final String BIN = System.getProperty("java.home") + File.separator + "bin";

  @TempDir Path folder;

  @Test
  void client_of_a_stock_generator_reads_writes_and_is_told_problems() throws Exception {
    try (var office = new TestingOffice(folder.resolve("office"))) {
      office.person("bo", Role.AUTHOR, Role.HELPDESK);
      var token =
          String.valueOf(
              office
                  .parts()
                  .apiTokens()
                  .create(
                      "bo",
                      "bo",
                      "integrator",
                      Set.of(Role.AUTHOR, Role.HELPDESK),
                      Scope.WHOLE,
                      Duration.ofDays(1)));
      for (var host : List.of("ws-1", "ws-2")) {
        office.reports(office.device(host, "R&D"), "some-tool", RuleState.PRESENT);
      }
      office.device("ws-3", "Sales");
      var description = folder.resolve("openapi.json");
      var program = Client.program(office, token);
      Files.writeString(description, program.get("/api/v1/openapi.json").body());

      var given = Path.of(System.getProperty("interdict.generated-client")).toAbsolutePath();
      var made = folder.resolve("client");
      run(
          "java",
          "-jar",
          jars(given.resolve("generator")),
          "generate",
          "-g",
          "java",
          "--library",
          "native",
          "--additional-properties",
          "useSingleRequestParameter=true",
          "-i",
          description.toString(),
          "-o",
          made.toString());
      var jars = jars(given.resolve("lib"));
      var sources = sources(made.resolve("src/main/java"));
      var own = folder.resolve("Integrator.java");
      try (var text = GeneratedClientIT.class.getResourceAsStream("Integrator.java.txt")) {
        Files.copy(Objects.requireNonNull(text), own);
      }
      sources.add(own.toString());
      var list = Files.write(folder.resolve("sources"), sources);
      var classes = folder.resolve("classes").toString();
      run("javac", "-nowarn", "-proc:none", "-cp", jars, "-d", classes, "@" + list);
      var rule = Files.writeString(folder.resolve("rule.yaml"), Bureau.RULE);
      var said =
          run(
              "java",
              "-cp",
              classes + File.pathSeparator + jars,
              "Integrator",
              office.address(),
              token,
              rule.toString());
      assertEquals(
          """
          rules 1
          device ws-1 linux
          device ws-2 linux
          draft open true
          steps 1
          problem 412 urn:interdict:problem:outdated
          problem 404
          problem 404
          left out 422 /content
          export 3
          """,
          said);
    }
  }

  private static String jars(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var jars = files.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
      assertTrue(jars.endsWith(".jar"), () -> "no jars in " + folder);
      return jars;
    }
  }

  private static List<String> sources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".java"))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private String run(String... words) throws Exception {
    var command = new ArrayList<>(List.of(words));
    command.set(0, BIN + File.separator + command.getFirst());
    var log = folder.resolve("said");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var status = process.waitFor();
    var said = Files.readString(log);
    assertEquals(0, status, () -> command.subList(0, 3) + " said: " + said);
    return said;
  }
}
