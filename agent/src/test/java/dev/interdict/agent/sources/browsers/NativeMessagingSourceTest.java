package dev.interdict.agent.sources.browsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeMessagingSourceTest {
  private static final String NAME = "com.anthropic.claude_code_browser_extension";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new NativeMessagingSource());
  }

  private void host(String folder, String name) {
    station.planting.file(
        folder + "/" + NAME + ".json",
        """
        {"name": "%s", "description": "x", "path": "/home/ada/.claude/chrome/chrome-native-host",
         "type": "stdio", "allowed_origins": ["chrome-extension://fcoeoabgfenejglbffodgkkbkcdhcgfn/"]}
        """
            .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".config/google-chrome/NativeMessagingHosts",
        ".config/chromium/NativeMessagingHosts",
        ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
        ".mozilla/native-messaging-hosts",
        "Library/Application Support/Google/Chrome/NativeMessagingHosts",
        "Library/Application Support/Arc/User Data/NativeMessagingHosts",
        "Library/Application Support/Mozilla/NativeMessagingHosts",
        "AppData/Roaming/Claude Code/ChromeNativeHost"
      })
  void every_browser_is_looked_at_and_the_file_goes(String folder) {
    host("home/ada/" + folder, NAME);
    var seen = seen();
    assertEquals(List.of("native-messaging " + NAME), Workstation.texts(seen));
    assertEquals(
        List.of("/home/ada/" + folder + "/" + NAME + ".json"),
        Workstation.parts(seen.items().getFirst(), Part.Role.MAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/opt/chrome/native-messaging-hosts",
        "etc/chromium/native-messaging-hosts",
        "etc/opt/edge/native-messaging-hosts",
        "usr/lib/mozilla/native-messaging-hosts",
        "Library/Google/Chrome/NativeMessagingHosts"
      })
  void hosts_of_the_machine_are_told_and_stay(String folder) {
    host(folder, NAME);
    assertEquals(List.of("native-messaging " + NAME), Workstation.texts(seen()));
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void name_is_the_files_content_and_not_the_file() {
    host("home/ada/.config/chromium/NativeMessagingHosts", "com.somebody.else");
    assertEquals(
        List.of("native-messaging com.somebody.else Chromium"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void linked_file_is_read_and_only_the_link_goes() {
    host("home/ada/dotfiles", NAME);
    var link = "home/ada/.mozilla/native-messaging-hosts/" + NAME + ".json";
    station.planting.link(link, "/home/ada/dotfiles/" + NAME + ".json");
    assertEquals(List.of("/" + link), Workstation.parts(seen().items().getFirst(), Part.Role.MAIN));
  }

  @Test
  void file_without_a_valid_name_is_a_gap() {
    host("home/ada/.config/chromium/NativeMessagingHosts", "../x");
    host("home/ada/.config/google-chrome/NativeMessagingHosts", "a\\u202eb");
    station.planting.file("home/ada/.mozilla/native-messaging-hosts/x.json", "[]");
    assertEquals(List.of(), seen().items());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED, Reason.MALFORMED),
        seen().gaps().stream().map(Gap::reason).toList());
  }
}
