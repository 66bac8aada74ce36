package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/// Recipes for management services: what they set is what the agent reads, and what they say of a
/// device is true.
class ManagementTest {
  private static final Path RECIPES = Path.of("src/mdm");
  private static final Set<String> NAMES =
      Set.of(
          "INTERDICT_SERVER",
          "INTERDICT_ROOT_KEY",
          "INTERDICT_ENROL_TOKEN",
          "INTERDICT_ENROL_TOKEN_FILE",
          "INTERDICT_CA_FILE",
          "INTERDICT_PROXY");

  @TempDir private Path folder;

  /// Recorded from a real guard; what a row changes of it is what a guard would write then.
  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status-found   |                     |                       | FOUND claude-code (waiting)
          status-clear   |                     |                       | CLEAR
          status-no-list |                     |                       | NO LIST
          status-clear   | "scanned": true     | "scanned": false      | NOT SCANNED
          status-clear   | "age": "current"    | "age": "expired"      | OLD LIST
          status-clear   | "gaps": 0           | "gaps": 2             | GAPS 2
          status-found   | "gaps": 0           | "gaps": 2             | FOUND claude-code (waiting)
          status-clear   | "kind": "waiting"   | "kind": "due"         | CLEAR
          """)
  void the_extension_attribute_calls_nothing_clear_that_is_not(
      String recorded, String old, String changed, String result) throws Exception {
    var json = Files.readString(Path.of("src/test/resources/mdm", recorded + ".json"));
    if (old != null) {
      assertTrue(json.contains(old), old);
      json = json.replaceFirst(Pattern.quote(old), changed);
    }
    // As the command itself does where something is found or not all is known; of the list's age
    // its code says nothing.
    var code = Set.of("CLEAR", "OLD LIST").contains(result) ? 0 : 1;
    assertEquals("<result>" + result + "</result>\n", attribute(json, code));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void no_answer_is_none_and_neither_are_words() throws Exception {
    assertEquals("<result>NO ANSWER</result>\n", attribute("", 1));
    assertEquals("<result>NO ANSWER</result>\n", attribute("", 0));
    assertEquals("<result>NO ANSWER</result>\n", attribute("something else\n", 0));
    var clear = Files.readString(Path.of("src/test/resources/mdm/status-clear.json"));
    assertEquals("<result>NO ANSWER</result>\n", attribute(clear, 2));
  }

  private String attribute(String json, int code) throws IOException, InterruptedException {
    var answer = Files.writeString(folder.resolve("answer"), json);
    var agent =
        Files.writeString(
            folder.resolve("agent"),
            "#!/bin/sh\n[ \"$*\" = 'status --output json' ] || exit 2\ncat '"
                + answer
                + "'\nexit "
                + code
                + "\n");
    Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("enrolment.json"), "{}");
    var script =
        Files.readString(RECIPES.resolve("jamf/extension-attribute.sh"))
            .replace("agent=/Library/Interdict/bin/interdict-agent", "agent='" + agent + "'")
            .replace("state=\"/Library/Application Support/Interdict\"", "state='" + folder + "'");
    var at = Files.writeString(folder.resolve("attribute.sh"), script);
    return Running.of(folder.resolve("log"), Map.of(), List.of("/bin/sh", at + "")).out();
  }

  @Test
  void the_profile_sets_what_the_agent_reads() throws IOException {
    var profile = Plist.read(RECIPES.resolve("jamf/interdict.mobileconfig"));
    var payloads =
        ((List<?>) profile.get("PayloadContent")).stream().map(one -> (Row<?>) one).toList();
    assertEquals(
        List.of(
            "com.apple.TCC.configuration-profile-policy",
            "com.apple.servicemanagement",
            "com.apple.notificationsettings",
            "com.interdict.agent"),
        payloads.stream().map(payload -> payload.get("PayloadType")).toList());
    var identifiers = new HashSet<Object>();
    for (var payload : payloads) {
      assertTrue(identifiers.add(payload.get("PayloadUUID")), payload.toString());
      assertTrue(identifiers.add(payload.get("PayloadIdentifier")), payload.toString());
    }
    var set =
        payloads.getLast().names().stream()
            .filter(key -> !key.startsWith("Payload"))
            .collect(Collectors.toSet());
    assertTrue(NAMES.containsAll(set), set.toString());
    assertFalse(set.contains("INTERDICT_ENROL_TOKEN"), "everybody can read a profile");
  }

  @Test
  void policies_are_what_the_agent_reads_and_hold_no_token() throws IOException {
    var values = new TreeSet<String>();
    for (var text : all(Plist.xml(RECIPES.resolve("group-policy/Interdict.admx")), "text")) {
      values.add(text.getAttribute("valueName"));
    }
    assertEquals(
        Set.of(
            "INTERDICT_SERVER",
            "INTERDICT_ROOT_KEY",
            "INTERDICT_ENROL_TOKEN_FILE",
            "INTERDICT_CA_FILE",
            "INTERDICT_PROXY"),
        values);
    for (var policy : all(Plist.xml(RECIPES.resolve("group-policy/Interdict.admx")), "policy")) {
      assertEquals("SOFTWARE\\Policies\\Interdict\\Agent", policy.getAttribute("key"));
      assertEquals("Machine", policy.getAttribute("class"));
    }
  }

  @ParameterizedTest
  @CsvSource({"en-US", "zh-CN"})
  void each_language_has_every_word_and_every_field(String language) throws IOException {
    var admx = RECIPES.resolve("group-policy/Interdict.admx");
    var words = Plist.xml(RECIPES.resolve("group-policy/" + language + "/Interdict.adml"));
    var strings = attributes(words, "string", "id");
    var presentations = attributes(words, "presentation", "id");
    var wanted =
        Pattern.compile("\\$\\((string|presentation)\\.(\\w+)\\)").matcher(Files.readString(admx));
    var used = new HashSet<String>();
    while (wanted.find()) {
      var there = wanted.group(1).equals("string") ? strings : presentations;
      assertTrue(there.contains(wanted.group(2)), wanted.group());
      used.add(wanted.group());
    }
    assertEquals(strings.size() + presentations.size(), used.size());
    assertEquals(attributes(Plist.xml(admx), "text", "id"), attributes(words, "textBox", "refId"));
  }

  private static Set<String> attributes(Element in, String tag, String attribute) {
    return all(in, tag).stream()
        .map(element -> element.getAttribute(attribute))
        .collect(Collectors.toSet());
  }

  private static List<Element> all(Element in, String tag) {
    var nodes = in.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
