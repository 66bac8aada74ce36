package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Language;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTextTest {
  private static final PrintWriter NOWHERE =
      new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private final List<String> english = new ArrayList<>();

  private static CommandLine line(Language language, String... arguments) {
    var scan = new ScanCommand(Scanning.ofThisProcess(new ByteArrayOutputStream()));
    return Commands.line(arguments, scan, NOWHERE, NOWHERE, Words.in(language));
  }

  @Test
  void every_text_of_every_command_is_there_in_chinese() {
    var line = line(Language.ZH_CN);
    texts(line);
    line.getSubcommands().values().forEach(this::texts);
    assertTrue(line.getSubcommands().size() > 15);
    assertEquals(List.of(), english);
  }

  private void texts(CommandLine line) {
    var spec = line.getCommandSpec();
    var usage = spec.usageMessage();
    var name = spec.qualifiedName();
    chinese(name + " description", usage.description());
    chinese(name + " heading", usage.synopsisHeading(), usage.commandListHeading());
    usage.exitCodeList().forEach((code, text) -> chinese(name + " exit " + code, text));
    if (!usage.exitCodeList().isEmpty()) {
      chinese(name + " heading", usage.exitCodeListHeading());
    }
    if (!usage.footerHeading().isEmpty()) {
      chinese(name + " heading", usage.footerHeading());
    }
    for (var one : spec.args()) {
      if (!one.hidden()) {
        chinese(name + " " + called(one), one.description());
      }
    }
  }

  private static String called(ArgSpec one) {
    return one.isOption() ? ((CommandLine.Model.OptionSpec) one).longestName() : one.paramLabel();
  }

  private void chinese(String what, String... texts) {
    if (texts.length == 0) {
      english.add(what + ": none");
    }
    for (var text : texts) {
      if (text.codePoints().noneMatch(Character::isIdeographic)) {
        english.add(what + ": " + text);
      }
    }
  }

  @Test
  void exit_codes_are_the_same_in_both() {
    var chinese = line(Language.ZH_CN).getSubcommands();
    line(Language.EN)
        .getSubcommands()
        .forEach((name, command) -> assertEquals(codes(command), codes(need(chinese, name)), name));
  }

  @Test
  void the_roles_that_read_their_own_arguments_tell_the_same_options_in_both() {
    for (var role : Reference.roles().keySet()) {
      var chinese = HelpText.ofRole(role, Language.ZH_CN);
      assertEquals(options(HelpText.ofRole(role, Language.EN)), options(chinese), role);
      for (var line : chinese.split("\n")) {
        assertTrue(line.isBlank() || line.codePoints().anyMatch(Character::isIdeographic), line);
      }
    }
  }

  private static List<String> options(String help) {
    return Pattern.compile("--?[a-z][a-z-]*")
        .matcher(help)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static CommandLine need(Map<String, CommandLine> commands, String name) {
    return Objects.requireNonNull(commands.get(name), name);
  }

  private static List<String> codes(CommandLine line) {
    return List.copyOf(line.getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @Test
  void one_command_alone_speaks_chinese_too() {
    var usage = need(line(Language.ZH_CN, "remind").getSubcommands(), "remind").getUsageMessage();
    assertTrue(usage.startsWith("用法：interdict-agent remind"), usage);
    assertTrue(usage.contains("4   守护程序拒绝"), usage);
  }

  @Test
  void the_language_is_what_the_words_say() {
    assertEquals("zh-CN", HelpText.tag("status", "--lang", "zh-CN"));
    assertEquals("zh-CN", HelpText.tag("--lang=zh-CN", "--help"));
    assertEquals("", HelpText.tag("status", "--lang"));
    assertEquals("", HelpText.tag());
  }
}
