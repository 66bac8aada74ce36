package dev.interdict.agent.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.NoticeJson;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.linux.session.NoticeFlags;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.ListeningGuard;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Language;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real shells in a pseudo-terminal, the snippets as they are shipped, the real command, and a
/// guard's socket. Only the two paths at the snippet's beginning are others, as an installer would
/// set them.
@EnabledOnOs(OS.LINUX)
final class ShellHookIT {
  private static final String NOTICE = "Interdict: IT notice";
  private static final Path SNIPPETS = Path.of("src/main/shell");

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();

  @TempDir Path folder;
  private ListeningGuard guard;
  private Path started;

  /// The shells, each with how it takes its snippet and how it starts at a terminal.
  enum Shell {
    BASH("/bin/bash", "interdict.sh", ".bashrc", "bash -i"),
    BASH_LOGIN("/bin/bash", "interdict.sh", ".bash_profile", "bash -l -i"),
    DASH("/bin/dash", "interdict.sh", ".profile", "dash -l -i"),
    ZSH("/usr/bin/zsh", "interdict.zsh", ".zshrc", "zsh -i"),
    FISH("/usr/bin/fish", "interdict.fish", ".config/fish/conf.d/interdict.fish", "fish -i");

    private final Path program;
    private final String snippet;
    private final String place;
    private final String interactive;

    Shell(String program, String snippet, String place, String interactive) {
      this.program = Path.of(program);
      this.snippet = snippet;
      this.place = place;
      this.interactive = interactive;
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isExecutable(Terminal.SCRIPT), "no script(1): install package bsdutils");
    var notice =
        new Notice(
            "n-1",
            Notice.Urgency.NORMAL,
            Samples.recipient(uid, Language.EN),
            List.of(Samples.matter("claude-code", new Phase.Announced(Samples.MIDNIGHT))));
    var answer = Json.object().put("notices", List.of(NoticeJson.write(notice))).build();
    guard =
        new ListeningGuard(
            folder.resolve("agent.sock"),
            Map.of("notices", new String(JsonWriter.compact(answer), StandardCharsets.UTF_8)));
    started = folder.resolve("started");
    program();
    new NoticeFlags(folder.resolve("notices")).keep(Map.of(uid, Instant.now().minusSeconds(60)));
  }

  @AfterEach
  void closeGuard() throws IOException {
    guard.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_new_shell_tells_once_a_day(Shell shell) throws Exception {
    install(shell);
    var first = Terminal.with(shell.interactive, "exit\n", environment("en_US.UTF-8"));
    assertTrue(first.contains(NOTICE), first);
    assertTrue(first.contains("Claude Code will be removed on 10 July"), first);
    assertEquals("notices", guard.next().verb());
    assertEquals(Map.of("channel", "terminal", "outcome", "shown"), guard.next().with());
    var second = Terminal.with(shell.interactive, "exit\n", environment("en_US.UTF-8"));
    assertFalse(second.contains(NOTICE), second);
    assertEquals(1, starts());
  }

  @ParameterizedTest
  @EnumSource
  void something_new_is_told_the_same_day(Shell shell) throws Exception {
    install(shell);
    Terminal.with(shell.interactive, "exit\n", environment("en_US.UTF-8"));
    new NoticeFlags(folder.resolve("notices")).keep(Map.of(uid, Instant.now().plusSeconds(60)));
    var again = Terminal.with(shell.interactive, "exit\n", environment("zh_CN.UTF-8"));
    assertTrue(again.contains("Claude Code 将于7月10日移除"), again);
    assertEquals(2, starts());
  }

  @ParameterizedTest
  @EnumSource
  void where_there_is_nothing_to_tell_nothing_is_started(Shell shell) throws Exception {
    install(shell);
    new NoticeFlags(folder.resolve("notices")).keep(Map.of(uid + 1, Instant.now()));
    var seen = Terminal.with(shell.interactive, "exit\n", environment("en_US.UTF-8"));
    assertFalse(seen.contains(NOTICE), seen);
    Files.delete(folder.resolve("notices/" + (uid + 1)));
    seen = Terminal.with(shell.interactive, "exit\n", environment("en_US.UTF-8"));
    assertFalse(seen.contains(NOTICE), seen);
    assertFalse(seen.contains("No such file"), seen);
    assertFalse(seen.contains("no match"), seen);
    assertEquals(0, starts());
  }

  @ParameterizedTest
  @EnumSource
  void no_script_no_copy_and_no_remote_command_is_told_anything(Shell shell) throws Exception {
    install(shell);
    var name = shell.program.getFileName().toString();
    var english = environment("en_US.UTF-8");
    // ssh HOST COMMAND, scp and rsync: a command without a terminal; with -t, with one.
    assertEquals("copied\n", Terminal.without(name + " -c 'echo copied'", "", english));
    assertEquals("copied\r\n", Terminal.with(name + " -c 'echo copied'", "", english));
    // cron and scripts: neither a command nor a terminal.
    assertEquals("ran\n", Terminal.without(name, "echo ran\n", english));
    // sftp and editors that read a shell's environment: interactive, but nobody sits there.
    var read = Terminal.without(shell.interactive, "exit\n", english);
    assertFalse(read.contains(NOTICE), read);
    // A terminal that is a program.
    english.put("TERM", "dumb");
    var dumb = Terminal.with(shell.interactive, "exit\n", english);
    assertFalse(dumb.contains(NOTICE), dumb);
    assertEquals(0, starts());
  }

  @ParameterizedTest
  @EnumSource
  void a_shell_as_somebody_else_is_told_nothing(Shell shell) throws Exception {
    install(shell);
    var environment = environment("en_US.UTF-8");
    environment.put("SUDO_UID", Integer.toString(uid + 1));
    var seen = Terminal.with(shell.interactive, "exit\n", environment);
    assertFalse(seen.contains(NOTICE), seen);
    assertEquals(0, starts());
  }

  @Test
  void a_guard_that_is_away_costs_no_words() throws Exception {
    install(Shell.BASH);
    guard.close();
    var seen = Terminal.with("bash -i", "echo here; exit\n", environment("en_US.UTF-8"));
    assertTrue(seen.contains("here"), seen);
    assertFalse(seen.contains("guard"), seen);
    assertEquals(1, starts());
    assertFalse(Files.exists(folder.resolve("state/interdict-agent/told")));
  }

  private void install(Shell shell) throws IOException {
    assumeTrue(Files.isExecutable(shell.program), "no " + shell.program + ": install it");
    var text =
        Files.readString(SNIPPETS.resolve(shell.snippet))
            .replace("/run/interdict-agent/notices", folder.resolve("notices").toString())
            .replace("/usr/bin/interdict-agent", folder.resolve("interdict-agent").toString());
    // Without this folder fish makes it in the background, and is still at it when the test ends.
    Files.createDirectories(folder.resolve("data/fish/generated_completions"));
    var place = folder.resolve(shell.place);
    Files.createDirectories(place.getParent());
    Files.writeString(place, text);
  }

  /// The command, which also notes each of its starts.
  private void program() throws IOException {
    var classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var program =
        Files.writeString(
            folder.resolve("interdict-agent"),
            """
            #!/bin/sh
            echo start >> %s
            exec %s -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' \
            dev.interdict.agent.cli.Main "$@" --state %s
            """
                .formatted(started, java, classPath, folder));
    assertTrue(program.toFile().setExecutable(true));
  }

  private int starts() throws IOException {
    return Files.exists(started) ? Files.readAllLines(started).size() : 0;
  }

  private Map<String, String> environment(String locale) {
    var environment = new HashMap<String, String>();
    environment.put("HOME", folder.toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve(".config").toString());
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    environment.put("ZDOTDIR", folder.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("TERM", "xterm");
    environment.put("LANG", locale);
    environment.put("USER", System.getProperty("user.name"));
    return environment;
  }
}
