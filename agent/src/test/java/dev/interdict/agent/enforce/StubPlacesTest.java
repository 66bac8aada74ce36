package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubPlacesTest {
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));

  private static List<Part> commands(@Nullable Home owner, List<Part> parts) {
    return new RemovalPlan(
            new RuleId("claude-code"),
            "Claude Code",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            owner,
            parts,
            List.of(),
            List.of(),
            List.of(BytePath.parse("/home/ada/.claude")),
            Map.of(),
            StubText.of(RuleFixtures.rule(RuleFixtures.EVERYTHING)))
        .commands();
  }

  private static Part part(Part.Role role, String path, FileKind kind) {
    return new Part(role, BytePath.parse(path), new FileId(1, path.hashCode()), kind);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/ada/.local/bin/claude,                          true",
    "/home/ada/bin/claude,                                 true",
    "/home/ada/.nvm/versions/node/v22.1.0/bin/claude,      true",
    "/home/ada/.bun/bin/claude,                            true",
    "/home/ada/work/.venv/bin/claude,                      false",
    "/home/ada/work/bin/claude,                            false",
    "/home/ada/claude,                                     false",
    "/home/ada/.local/share/claude/versions/1,             false",
    "/home/ada/.npm/_npx/0/node_modules/.bin/claude,       false",
    "/home/ada/.x/lib/node_modules/claude/bin/claude,      false",
    "/home/ada/.x/lib/site-packages/bin/claude,            false",
    "/home/ada/.claude/bin/claude,                         false",
    "/home/eve/.local/bin/claude,                          false",
    "/usr/local/bin/claude,                                false",
    "/home/ada/AppData/Roaming/npm/claude.cmd,             true",
    "/home/ada/AppData/Roaming/npm/claude,                 false",
    "/home/ada/AppData/Roaming/npm/claude.ps1,             false",
    "/home/ada/.local/bin/claude.exe,                      false",
    "/home/ada/.bun/bin/claude.cmd,                        true",
  })
  void in_a_home_only_folders_of_commands(String path, boolean stub) {
    var parts = List.of(part(Part.Role.LAUNCHER, path, FileKind.LINK));
    assertEquals(stub ? parts : List.of(), commands(ADA, parts));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/local/bin/claude,      true",
    "/usr/bin/claude,            false",
    "/bin/claude,                false",
    "/usr/sbin/claude,           false",
    "/opt/claude/bin/claude,     false",
    "/usr/local/bin/x/claude,    false",
    "/snap/bin/claude,           false",
  })
  void of_the_machine_only_where_no_package_manager_puts_any(String path, boolean stub) {
    var parts = List.of(part(Part.Role.LAUNCHER, path, FileKind.LINK));
    assertEquals(stub ? parts : List.of(), commands(null, parts));
  }

  @Test
  void only_for_what_people_type() {
    var program = part(Part.Role.MAIN, "/home/ada/bin/claude", FileKind.REGULAR);
    assertEquals(
        List.of(program),
        commands(
            ADA,
            List.of(
                program,
                program.as(Part.Role.EXECUTABLE),
                part(Part.Role.PERSISTENCE, "/home/ada/bin/start", FileKind.REGULAR),
                part(Part.Role.MAIN, "/home/ada/bin/folder", FileKind.DIRECTORY),
                part(Part.Role.EXECUTABLE, "/home/ada/bin/folder/x", FileKind.REGULAR))));
  }

  @Test
  void not_for_endless_many() {
    var parts = new ArrayList<Part>();
    for (var i = 0; i < 100; i++) {
      parts.add(part(Part.Role.LAUNCHER, "/home/ada/bin/c" + i, FileKind.LINK));
    }
    assertEquals(16, commands(ADA, parts).size());
  }
}
