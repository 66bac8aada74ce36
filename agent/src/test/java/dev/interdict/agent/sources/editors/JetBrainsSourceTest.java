package dev.interdict.agent.sources.editors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.reading.Zips;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JetBrainsSourceTest {
  private static final String HOME = "home/ada/.local/share/JetBrains/IntelliJIdea2026.2/";
  private static final String ID = "com.anthropic.code.plugin";
  private static final String FOLDER = "claude-code-jetbrains-plugin";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new JetBrainsSource());
  }

  private static String descriptor(String id, String version) {
    return """
    <!DOCTYPE idea-plugin PUBLIC "Plugin/DTD" "http://plugins.jetbrains.com/plugin.dtd">
    <idea-plugin url="https://example.invalid">
      <name>A name</name>
      <id>%s</id>
      <version>%s</version>
      <depends>com.intellij.modules.platform</depends>
      <extensions defaultExtensionNs="com.intellij"><x><id>no.id</id></x></extensions>
    </idea-plugin>
    """
        .formatted(id, version);
  }

  private static byte[] jar(String id, String version) {
    return Zips.of("META-INF/MANIFEST.MF", "", PluginDescriptor.PLACE, descriptor(id, version));
  }

  private void plugin(String folder, String id, String version) {
    station
        .planting
        .file(folder + "/lib/annotations-1.0.jar", Zips.of("a/B.class", "x"))
        .file(folder + "/lib/instrumented.jar", jar(id, version));
  }

  @Test
  void id_and_version_are_those_inside_the_jar_whatever_the_folder_is_called() {
    plugin(HOME + "renamed", ID, "0.1.14-beta");
    station.planting.program(HOME + "renamed/bin/claude");
    assertEquals(
        List.of("jetbrains:" + ID + "@0.1.14-beta JetBrains, IntelliJIdea2026.2"),
        Workstation.textsWithOrigins(seen()));
    var item = seen().items().getFirst();
    assertEquals(List.of("/" + HOME + "renamed"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/" + HOME + "renamed/bin/claude"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(List.of(), seen().gaps());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".local/share/JetBrains/PyCharm2025.3",
        ".local/share/Google/AndroidStudio2025.2.1",
        ".var/app/com.jetbrains.GoLand/data/JetBrains/GoLand2026.1",
        ".local/share/JetBrains/Toolbox/apps/IDEA-U/ch-0/211.7628.21.plugins",
        "Library/Application Support/JetBrains/WebStorm2026.1/plugins",
        "Library/Application Support/Google/AndroidStudio2025.1/plugins",
        "AppData/Roaming/JetBrains/Rider2026.2/plugins",
        "AppData/Roaming/Google/AndroidStudio2025.1/plugins"
      })
  void every_product_and_version_is_looked_at(String home) {
    plugin("home/ada/" + home + "/" + FOLDER, ID, "0.1.14");
    assertEquals(List.of("jetbrains:" + ID + "@0.1.14"), Workstation.texts(seen()));
  }

  @Test
  void single_jar_is_a_plugin() {
    station.planting.file(HOME + "x.jar", jar(ID, "1.0"));
    assertEquals(List.of("jetbrains:" + ID + "@1.0"), Workstation.texts(seen()));
    assertEquals(
        List.of("/" + HOME + "x.jar"),
        Workstation.parts(seen().items().getFirst(), Part.Role.MAIN));
  }

  @Test
  void descriptor_outside_of_a_jar_counts() {
    station.planting.file(HOME + "x/META-INF/plugin.xml", descriptor(ID, "1.0"));
    station.planting.file(HOME + "y/classes/META-INF/plugin.xml", descriptor("y.y", "2.0"));
    assertEquals(
        List.of("jetbrains:" + ID + "@1.0", "jetbrains:y.y@2.0"), Workstation.texts(seen()));
  }

  @Test
  void name_is_the_id_and_the_jars_manifest_tells_the_version_where_the_descriptor_does_not() {
    station.planting.file(
        HOME + "x/lib/x.jar",
        Zips.of(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\r\nVersion: 3.2.1\r\n\r\nName: x\r\nVersion: 9\r\n",
            PluginDescriptor.PLACE,
            "<idea-plugin><name>Old Plugin</name></idea-plugin>"));
    assertEquals(List.of("jetbrains:Old Plugin@3.2.1"), Workstation.texts(seen()));
  }

  @Test
  void lookalikes_keep_their_own_id() {
    plugin(HOME + FOLDER, "com.somebody.code.plugin", "1.0");
    plugin(HOME + "case", "com.Anthropic.Code.Plugin", "1.0");
    assertEquals(
        List.of(
            "jetbrains:com.Anthropic.Code.Plugin@1.0", "jetbrains:com.somebody.code.plugin@1.0"),
        Workstation.texts(seen()));
  }

  @Test
  void disabled_plugin_is_installed() {
    plugin(HOME + FOLDER, ID, "1.0");
    station.planting.file(
        "home/ada/.config/JetBrains/IntelliJIdea2026.2/disabled_plugins.txt", "x.y\n" + ID + "\n");
    assertEquals(
        List.of("jetbrains:" + ID + "@1.0 JetBrains, IntelliJIdea2026.2, disabled"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void folder_that_is_several_plugins_is_seen_and_not_taken_for_the_sake_of_one() {
    plugin(HOME + "mixed", ID, "1.0");
    station.planting.file(HOME + "mixed/lib/z.jar", jar("other.plugin", "2.0"));
    assertEquals(
        List.of("jetbrains:" + ID + "@1.0", "jetbrains:other.plugin@2.0"),
        Workstation.texts(seen()));
    assertTrue(seen().items().stream().allMatch(item -> item.parts().isEmpty()));
  }

  @Test
  void of_a_work_folder_that_is_linked_in_only_the_link_belongs_to_the_installation() {
    plugin("home/ada/dev/plugin", ID, "1.0");
    station.planting.link(HOME + "dev", "/home/ada/dev/plugin");
    var item = seen().items().getFirst();
    assertEquals("/home/ada/dev/plugin", item.location().toString());
    assertEquals(
        List.of("LAUNCHER /" + HOME + "dev"),
        item.parts().stream().map(part -> part.role() + " " + part.path()).toList());
  }

  @Test
  void plugin_inside_an_ide_is_seen_and_belongs_to_the_ide() {
    plugin("opt/idea/plugins/x", ID, "1.0");
    plugin("opt/other/plugins/x", "no.ide", "1.0");
    plugin("home/ada/.local/share/JetBrains/Toolbox/apps/goland/plugins/x", ID, "2.0");
    station
        .planting
        .file("opt/idea/product-info.json", "{}")
        .file("home/ada/.local/share/JetBrains/Toolbox/apps/goland/product-info.json", "{}");
    var seen = seen();
    assertEquals(
        List.of(
            "jetbrains:" + ID + "@2.0 built into an IDE",
            "jetbrains:" + ID + "@1.0 built into an IDE of the machine"),
        Workstation.textsWithOrigins(seen));
    assertTrue(seen.items().stream().allMatch(item -> item.parts().isEmpty()));
  }

  @Test
  void xml_of_another_kind_and_jars_without_one_are_no_plugin() {
    station.planting.file(
        HOME + "x/lib/x.jar", Zips.of(PluginDescriptor.PLACE, "<plugin><id>a</id></plugin>"));
    station.planting.folder(HOME + "empty");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void descriptors_that_cannot_be_trusted_are_gaps() {
    station
        .planting
        .file(HOME + "a/lib/a.jar", "no archive")
        .file(HOME + "b/lib/b.jar", Zips.of(PluginDescriptor.PLACE, "<idea-plugin>"))
        .file(HOME + "c/lib/c.jar", Zips.of(PluginDescriptor.PLACE, "<idea-plugin/>"))
        .file(
            HOME + "d/lib/d.jar",
            Zips.of(
                PluginDescriptor.PLACE,
                "<idea-plugin><id>a.a</id><id>" + ID + "</id></idea-plugin>"))
        .file(HOME + "e/lib/e.jar", jar("a\u202eb", "1"))
        .file(HOME + "f/lib/f.jar", jar("<b/>", "1"));
    assertEquals(List.of(), seen().items());
    assertEquals(
        Collections.nCopies(6, Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void descriptor_that_is_a_bomb_is_a_gap() {
    station.planting.file(
        HOME + "x/lib/x.jar",
        Zips.of(PluginDescriptor.PLACE, "<idea-plugin>" + " ".repeat(64 << 20)));
    assertEquals(List.of(Reason.TOO_LARGE), seen().gaps().stream().map(Gap::reason).toList());
  }
}
