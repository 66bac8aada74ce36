package dev.interdict.demo.workstation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkstationTest {
  @TempDir private Path temp;
  private Workstation workstation;

  @BeforeEach
  void lay_out() throws IOException {
    var standIn = Files.writeString(temp.resolve("stand-in"), "a program");
    workstation = Workstation.layOut(temp.resolve("root"), standIn);
  }

  @Test
  void everything_that_must_go_is_there() {
    assertEquals(4, workstation.shapes().size());
    for (var path : workstation.banned()) {
      assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS), path.toString());
    }
  }

  @Test
  void both_commands_lead_to_something_that_can_be_started() {
    assertTrue(Files.isExecutable(workstation.program()));
    assertTrue(Files.isExecutable(workstation.lookalike()));
  }

  @Test
  void the_program_of_the_newer_npm_package_is_one_file_under_two_names() throws IOException {
    var at =
        workstation
            .root()
            .resolve(
                "home/wei/.nvm/versions/node/v22.14.0/lib/node_modules/@anthropic-ai/claude-code");
    assertTrue(
        Files.isSameFile(
            at.resolve("bin/claude.exe"),
            at.resolve("node_modules/@anthropic-ai/claude-code-linux-x64/claude")));
  }

  @Test
  void what_must_stay_holds_the_lookalikes_and_nothing_banned() throws IOException {
    var rest = workstation.rest().entries().keySet();
    for (var lookalike :
        List.of(
            "home/lin/.npm-global/lib/node_modules/@musistudio/claude-code-router/package.json",
            "home/lin/.npm-global/lib/node_modules/opencode-ai/bin/opencode.exe",
            "home/lin/.claude/settings.json",
            "home/lin/.local/bin/qodercli",
            "home/wei/bin/claude",
            "home/wei/.vscode/extensions/saoudrizwan.claude-dev-3.17.8/package.json")) {
      assertTrue(rest.contains(lookalike), lookalike);
    }
    assertFalse(rest.stream().anyMatch(path -> path.contains("@anthropic-ai/claude-code/")));
  }

  @Test
  void whatever_happens_to_a_file_shows() throws IOException {
    var before = workstation.rest();
    var home = workstation.root().resolve("home/lin");
    Files.delete(home.resolve(".claude.json"));
    Files.writeString(home.resolve("shop/CLAUDE.md"), "other words");
    Files.setPosixFilePermissions(
        home.resolve("shop/notes/opus.md"), PosixFilePermissions.fromString("r--------"));
    Files.writeString(home.resolve("left-behind"), "");
    assertEquals(
        List.of(
            "gone: home/lin/.claude.json",
            "changed: home/lin/shop/CLAUDE.md",
            "changed: home/lin/shop/notes/opus.md",
            "new: home/lin/left-behind"),
        before.differences(workstation.rest()));
  }

  @Test
  void the_removal_of_the_banned_shows_no_difference() throws IOException {
    var before = workstation.rest();
    Files.delete(workstation.program());
    assertEquals(List.of(), before.differences(workstation.rest()));
  }
}
