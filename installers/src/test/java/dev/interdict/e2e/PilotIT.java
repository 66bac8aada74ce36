package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The pilot of README, block by block as it stands there, in a Debian that a real systemd runs.
/// Runs with `mvn -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class PilotIT {
  private static final Pattern BLOCK =
      Pattern.compile("^```\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void who_does_what_readme_says_has_a_pilot() throws Exception {
    var story = new BootedStory(folder, "deb");
    var blocks = BLOCK.matcher(chapter()).results().map(block -> block.group(1)).toList();
    assertEquals(5, blocks.size(), blocks.toString());
    var names = List.of("server", "workstation", "look", "draft", "publish");
    for (var i = 0; i < names.size(); i++) {
      Files.writeString(story.folder().resolve(names.get(i) + ".block"), blocks.get(i));
    }
    var debian = EmptyDebian.with("-sudo", "systemd-sysv", "dbus", "sudo");
    var told = story.tell(debian, "pilot.sh");
    assertEquals(6, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
  }

  private static String chapter() throws Exception {
    var text = Files.readString(Path.of("README.md"));
    var from = text.indexOf("## A pilot of ten machines");
    return text.substring(from, text.indexOf("## A company of 200,000", from));
  }
}
