package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedFoldersTest {
  private static final BytePath HOME = BytePath.parse("/Users/ada");

  @ParameterizedTest
  @CsvSource({
    "/Users/ada/AppData,true",
    "/Users/ada/appdata/LOCAL/packages,true",
    "/Users/ada/Library/Application Support,true",
    "/Users/ada/Library/Keychains/login.keychain-db,true",
    "/Users/bob/x,true",
    "/Users/ada/AppData/Local/AnthropicClaude,false",
    "/Users/ada/scoop/apps/claude-code,false",
    "/Users/ada/Library/LaunchAgents/com.example.tool.plist,false",
  })
  void in_homes(String path, boolean held) {
    assertEquals(held, SharedFolders.hold(HOME, BytePath.parse(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "/Windows,true",
    "/PROGRAM FILES,true",
    "/ProgramData/chocolatey/lib,true",
    "/Volumes/USB/Claude.app,true",
    "/Library/LaunchDaemons,true",
    "/Applications/Claude.app,false",
    "/ProgramData/chocolatey/lib/claude-code,false",
    "/opt/homebrew/Caskroom/claude-code,false",
  })
  void of_the_machine(String path, boolean held) {
    assertEquals(held, SharedFolders.hold(null, BytePath.parse(path)));
  }
}
