package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.wording.Columns;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/// What people answer on the command line: what the guard is asked, and what they read.
class AnswersOfPeopleTest {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "status",
          new String(
              JsonWriter.compact(Objects.requireNonNull(StatusCommandTest.full().json())),
              StandardCharsets.UTF_8),
          "remind",
          "{\"until\":\"2026-07-09T15:00:00Z\"}",
          "defer",
          "{\"date\":\"2026-07-10T16:00:00Z\",\"left\":1,\"last\":\"2026-07-11T16:00:00Z\"}",
          "remove",
          "{\"done\":true}",
          "request-exemption",
          "{\"request\":\"EX-0118\",\"waits-until\":\"2026-07-12T16:00:00Z\"}",
          "exemption-code",
          "{\"challenge\":\"7N6J-1REA-0Q8T-K4ZC-9M2P\",\"valid\":\"PT23H59M\",\"left\":10}",
          "dispute",
          "{\"done\":true}");

  @TempDir Path state;
  private final StringWriter text = new StringWriter();

  private int run(Language language, String... arguments) {
    var out = new PrintWriter(text, true);
    var clock = InstantSource.fixed(Instant.EPOCH);
    var scan =
        new ScanCommand(
            new Scanning(
                FolderMachine::new,
                new ByteArrayOutputStream(),
                new ProgressLine(out, false, clock),
                clock,
                () -> new UUID(1, 2)));
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--state", state.toString(), "--lang", language.tag()));
    var words = line.toArray(String[]::new);
    return Commands.line(words, scan, out, out, Words.in(Language.EN)).execute(words);
  }

  private String told(Language language) throws IOException {
    var transcript = new StringBuilder();
    for (var line :
        List.of(
            "remind openclaw --in 4h",
            "remind openclaw --at 16:00",
            "defer openclaw --reason demo",
            "remove openclaw --yes",
            "request-exemption openclaw --until 2026-07-31 --reason migration",
            "exemption-code openclaw",
            "dispute openclaw --reason other",
            "dispute openclaw KEY --reason other",
            "explain nothing")) {
      text.getBuffer().setLength(0);
      try (var guard = new FakeGuard(state, ANSWERS, "{}")) {
        var code = run(language, line.split(" "));
        transcript.append("$ ").append(line).append('\n').append(text);
        transcript.append("[").append(code).append("]\n\n");
      } finally {
        Files.delete(state.resolve("agent.sock"));
      }
    }
    return transcript.toString();
  }

  private static String pages(Language language) {
    var out = new StringWriter();
    var paper = new Paper(new PrintWriter(out), Paper.COLUMNS, false);
    var words = Words.in(language);
    var zone = ZoneId.of("Asia/Shanghai");
    MyDataCommand.tell(
        new GuardAnswer(
            RuleFixtures.json(
                """
                {"you":"p-1f2e","collection":{"level":"matches","host-name":true,
                 "decided-by":"Works agreement of 2 May 2026",
                 "text":{"en":"Only what the agreement names.","zh-CN":"仅限协议所列内容。"}},
                 "reports":[{"sequence":9,"outcome":"waiting","bytes":"{}"},
                  {"sequence":8,"outcome":"refused","refused":"history","bytes":"{}"},
                  {"sequence":7,"outcome":"delivered","bytes":"{}"}],
                 "looks":[{"at":"2026-07-03T02:00:00Z","who":"Li Na","role":"viewer"}]}\
                """)),
        words,
        zone,
        paper);
    paper.blank();
    MyDataCommand.tell(
        new GuardAnswer(RuleFixtures.json("{\"collection\":{\"level\":\"states\"}}")),
        words,
        zone,
        paper);
    paper.blank();
    RestoreCommand.table(
        new GuardAnswer(
                RuleFixtures.json(
                    """
                    {"held":[{"id":"0123456789abcdef0123456789abcdef","bytes":2097152,
                     "path":"/home/zhao.lei/.npm-global/lib/node_modules/a-package-with-a-rather-long-name/更长",
                     "removed":"2026-07-09T16:00:00Z","kept-until":"2026-08-08T16:00:00Z","may":false},
                     {"id":"fedcba9876543210fedcba9876543210","bytes":5,"path":"/home/zhao.lei/x",
                     "removed":"2026-07-09T16:00:00Z","kept-until":"2026-08-08T16:00:00Z","may":true}]}\
                    """))
            .get("held")
            .items(),
        words,
        zone,
        paper);
    paper.blank();
    for (var ok : new boolean[] {true, false}) {
      var checks = new ArrayList<DoctorCommand.Check>();
      for (var name :
          List.of("guard", "server", "scan", "account", "session", "notifications", "disk")) {
        checks.add(new DoctorCommand.Check(name, ok, "7"));
      }
      checks.add(new DoctorCommand.Check("policy", ok, "CURRENT"));
      checks.add(new DoctorCommand.Check("news", ok, "of a newer guard"));
      DoctorCommand.tell(checks, words, paper);
      paper.blank();
    }
    return out.toString();
  }

  private static String golden(Language language, String name) throws IOException {
    var file = name + "." + language.tag() + ".golden.txt";
    try (var stream = AnswersOfPeopleTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void narrow(String text) {
    for (var line : text.lines().toList()) {
      assertTrue(Columns.of(line) <= 80, line);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void each_answer_is_told_what_became_of_it(Language language) throws IOException {
    var told = told(language);
    assertEquals(golden(language, "answers"), told);
    narrow(told);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void data_quarantine_and_health_are_told_in_eighty_columns(Language language) throws IOException {
    var pages = pages(language);
    assertEquals(golden(language, "pages"), pages);
    narrow(pages);
  }

  @Test
  void a_reminder_is_reckoned_by_the_guards_time_not_by_a_wrong_clock() throws IOException {
    try (var guard = new FakeGuard(state, ANSWERS, "{}")) {
      assertEquals(0, run(Language.EN, "remind", "openclaw", "--in", "1d"));
      // The clock of this computer is ten years behind in the fixture.
      var until = guard.asked.getLast().replaceAll(".*\"until\":\"([^\"]*)\".*", "$1");
      assertTrue(Instant.parse(until).isAfter(Instant.now().plusSeconds(315_000_000)), until);
    }
  }

  @Test
  void a_span_or_a_clock_time_that_is_none_is_a_wrong_command_line() throws IOException {
    try (var guard = new FakeGuard(state, ANSWERS, "{}")) {
      assertEquals(2, run(Language.EN, "remind", "openclaw", "--in", "soon"));
      assertEquals(2, run(Language.EN, "remind", "openclaw", "--in", "0h"));
      assertEquals(2, run(Language.EN, "remind", "openclaw", "--at", "25:00"));
      assertEquals(2, run(Language.EN, "remind", "openclaw"));
      assertTrue(guard.asked.stream().noneMatch(asked -> asked.contains("remind\"")));
    }
  }

  @Test
  void nothing_is_removed_where_nobody_said_yes() throws IOException {
    try (var guard = new FakeGuard(state, ANSWERS, "{}")) {
      assertEquals(1, removing(""));
      assertEquals(1, removing("no"));
      assertEquals(2, removing(null));
      assertTrue(guard.asked.stream().noneMatch(asked -> asked.contains("remove")));
      assertEquals(0, removing("Y"));
      assertEquals("{\"ask\":\"remove\",\"about\":\"openclaw\"}", guard.asked.getLast());
    }
  }

  private int removing(@Nullable String said) {
    return new CommandLine(new RemoveCommand(_ -> said))
        .setOut(new PrintWriter(text, true))
        .setErr(new PrintWriter(text, true))
        .setExecutionExceptionHandler((e, _, _) -> new Failure(e).code())
        .execute("openclaw", "--state", state.toString(), "--lang", "en");
  }

  @Test
  void what_the_guard_refuses_is_said_in_the_readers_language_and_ends_with_its_own_code()
      throws IOException {
    var expected = Map.of("not-now", 4, "bad-until", 2, "not-looked", 1, "a-newer-code", 4);
    for (var one : expected.entrySet()) {
      var answers = new HashMap<>(ANSWERS);
      answers.put("defer", "{\"error\":\"in English\",\"code\":\"" + one.getKey() + "\"}");
      text.getBuffer().setLength(0);
      try (var guard = new FakeGuard(state, answers, "{}")) {
        assertEquals(one.getValue(), run(Language.ZH_CN, "defer", "openclaw"), one.getKey());
      } finally {
        Files.delete(state.resolve("agent.sock"));
      }
      assertEquals(
          one.getKey().equals("a-newer-code"),
          text.toString().contains("in English"),
          one.getKey());
      assertFalse(text.toString().contains("RULE"), text::toString);
      assertEquals(
          one.getKey().equals("not-now"),
          text.toString().contains("interdict-agent explain openclaw"),
          text::toString);
    }
  }

  @Test
  void without_choice_only_one_finding_is_disputed() throws IOException {
    try (var guard = new FakeGuard(state, ANSWERS, "{}")) {
      assertEquals(1, run(Language.EN, "dispute", "openclaw", "--reason", "x"));
      assertEquals(1, guard.asked.size());
    }
    Files.delete(state.resolve("agent.sock"));
    var one = new HashMap<>(ANSWERS);
    one.compute(
        "status",
        (_, status) ->
            Objects.requireNonNull(status)
                .replaceFirst("\"disputable\":true(?=.*disputable)", "\"disputable\":false"));
    try (var guard = new FakeGuard(state, one, "{}")) {
      assertEquals(0, run(Language.EN, "dispute", "openclaw", "--reason", "x"));
      assertTrue(guard.asked.getLast().contains("\"finding\":\"bin 77aa\""));
    }
  }

  @Test
  void reports_are_printed_byte_for_byte() throws IOException {
    var answer = "{\"reports\":[{\"bytes\":\"{\\\"a\\\":\\\"\\u4e2d  x\\\"}\"}]}";
    try (var guard = new FakeGuard(state, answer)) {
      assertEquals(0, run(Language.EN, "my-data", "--reports"));
    }
    assertEquals(List.of("{\"a\":\"中  x\"}"), text.toString().lines().toList());
  }

  @Test
  void the_doctor_looks_into_the_certificates_that_the_guard_keeps() throws IOException {
    var answer = "{\"checks\":[],\"ca\":\"no certificate\"}";
    try (var guard = new FakeGuard(state, answer)) {
      assertEquals(1, run(Language.EN, "doctor"));
    }
    assertTrue(
        text.toString().replaceAll("\\s+", " ").contains("was given holds no certificate"),
        text::toString);
  }

  @Test
  void an_account_without_a_name_is_told_by_its_number() throws IOException {
    assertEquals("ada", Surroundings.account("ada"));
    if (Files.exists(Path.of("/proc/self"))) {
      var own = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      assertEquals("uid " + own, Surroundings.account("?"));
    }
  }

  @Test
  void the_doctor_helps_most_when_no_guard_runs() throws IOException {
    assertEquals(1, run(Language.EN, "doctor"));
    assertTrue(text.toString().contains("FAIL  this computer has joined no"), text::toString);
    text.getBuffer().setLength(0);
    var folder = new StateDirectory(state);
    Files.writeString(folder.enrolment(), "{}");
    new Uplink("no certificate", null).save(folder);
    assertEquals(1, run(Language.EN, "doctor"));
    assertTrue(
        text.toString().replaceAll("\\s+", " ").contains("given holds no certificate"),
        text::toString);
    assertTrue(text.toString().contains("FAIL  no guard answers"), text.toString());
    assertTrue(text.toString().contains("interdict-agent guard"), text.toString());
    assertFalse(text.toString().contains("\u001b"));
  }
}
