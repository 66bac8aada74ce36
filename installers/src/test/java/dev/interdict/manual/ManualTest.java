package dev.interdict.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.manual.ManPage.Imprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ManualTest {
  private static final Imprint IMPRINT = new Imprint(1, "2026-11-21", "Interdict 1.0");

  @TempDir private Path tree;

  /// What a command's help may hold that a manual page takes for something else.
  @Command(
      name = "odd",
      description = {".first of all, it has a dot.", "'quoted' and 80 %% of C:\\TEMP"},
      footer = {"", "Examples:", "  odd --all-of-it", "", "Exit codes: 0 done."})
  static final class Odd {
    @Option(
        names = {"-a", "--all-of-it"},
        description = "Takes all (default: ${DEFAULT-VALUE}).")
    boolean all;

    @Option(names = "--secret", hidden = true, description = "Not for anybody.")
    boolean hidden;
  }

  private List<Path> write(String whose) throws IOException {
    Manual.main(
        new String[] {whose, tree.toString(), "usr/share/zsh/functions", "1.0", "2026-11-21"});
    try (var files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String text(Path page) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(page))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void every_command_has_a_page_of_its_own() throws Exception {
    write("server");
    for (var page :
        List.of(
            "man1/interdict.1",
            "man1/interdict-rule-new.1",
            "man8/interdict-server-token-create.8")) {
      assertTrue(Files.exists(tree.resolve("usr/share/man/" + page + ".gz")), page);
    }
    write("agent");
    for (var page : List.of("interdict-agent", "interdict-agent-guard", "interdict-agent-status")) {
      assertTrue(Files.exists(tree.resolve("usr/share/man/man1/" + page + ".1.gz")), page);
    }
    var page = text(tree.resolve("usr/share/man/man1/interdict-agent-enrol.1.gz"));
    assertTrue(page.contains("\\-\\-token\\-file"), page);
    assertTrue(page.contains(".SH \"EXIT STATUS\""), page);
  }

  @Test
  void written_twice_it_is_the_same() throws Exception {
    for (var file : write("agent")) {
      var first = Files.readAllBytes(file);
      write("agent");
      assertArrayEquals(first, Files.readAllBytes(file), file.toString());
    }
  }

  @Test
  void what_looks_like_a_request_is_text_and_what_is_hidden_stays_so() {
    var page = new ManPage(new CommandLine(new Odd()).getCommandSpec(), IMPRINT).toString();
    assertTrue(page.contains("\n\\&.first of all"), page);
    assertTrue(page.contains("\n\\&'quoted' and 80 % of C:\\eTEMP"), page);
    assertTrue(page.contains("(default: false)"), page);
    assertTrue(page.contains(".SH \"EXAMPLES\"\n.PP\n.nf\n  odd \\-\\-all\\-of\\-it\n.fi"), page);
    assertFalse(page.contains("secret"), page);
  }

  @Test
  void shells_complete_the_commands() throws Exception {
    write("agent");
    var bash =
        Files.readString(tree.resolve("usr/share/bash-completion/completions/interdict-agent"));
    assertTrue(bash.contains("complete -F _complete_interdict-agent"), bash);
    assertEquals(
        "#compdef interdict-agent",
        Files.readString(tree.resolve("usr/share/zsh/functions/_interdict-agent"))
            .lines()
            .findFirst()
            .orElse(""));
  }
}
