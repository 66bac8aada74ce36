package dev.interdict.identity;

import static dev.interdict.identity.VersionRange.Containment.NO;
import static dev.interdict.identity.VersionRange.Containment.UNKNOWN;
import static dev.interdict.identity.VersionRange.Containment.YES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.identity.VersionRange.Containment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  @ParameterizedTest
  @CsvSource({
    "vers:npm/>=2.1.91|<2.1.198, 2.1.90 2.1.91-rc.1 2.1.198 3.0.0, 2.1.91 2.1.100 2.1.198-beta",
    "vers:npm/>2.1.91|<=2.1.198, 2.1.91 2.1.199, 2.1.92 2.1.198",
    "vers:npm/1.2.3, 1.2.2 1.2.4, 1.2.3 v1.2.3 1.2.3+build",
    "vers:npm/=1.2.3, 1.2.4, 1.2.3",
    "vers:npm/1.2.3|>=2.0.0|<5.0.0, 1.2.2 1.2.4 1.9.9 5.0.0, 1.2.3 2.0.0 4.9.9",
    "vers:npm/<1.0.0|>=2.0.0, 1.0.0 1.5.0, 0.1.0 2.0.0 9.0.0",
    "vers:npm/<=1.0.0|>2.0.0, 1.5.0 2.0.0, 1.0.0 2.0.1",
    "vers:npm/>=1.0.0|!=1.5.0|<2.0.0, 0.9.0 1.5.0 2.0.0, 1.0.0 1.4.9 1.5.1",
    "vers:npm/>=1.0.0, 0.9.9, 1.0.0 7.0.0",
    "vers:npm/<1.0.0, 1.0.0 7.0.0, 0.9.9",
    "vers:npm/!=1.0.0, 1.0.0, 0.9.9 7.0.0",
    "vers:npm/!=1.0.0|!=2.0.0, 1.0.0 2.0.0, 0.9.9 1.1.0 7.0.0",
    "vers:npm/!=1.0.0|2.0.0, 0.9.9 1.0.0 3.0.0, 2.0.0",
    "vers:npm/>=1.0.0|<2.0.0|3.0.0|>=4.0.0|<5.0.0, 0.1.0 2.0.0 3.0.1 5.0.0, 1.1.0 3.0.0 4.4.4",
    "vers:deb/>=1:1.0|<1:2.0~, 1.5 1:2.0~ 1:2.0, 1:1.0-1 1:1.9",
    "vers:pypi/>=1.0|<2.0, 1.0rc1 2.0, 1 1.0.post1 2.0.dev1",
    "vers:rpm/<1:2.0-1, 1:2.0-1 2:0, 1:2.0~rc1-1 9.0-1",
    "vers:vscode-extension/<2.1.198, 2.1.198, 2.1.197",
  })
  void contains(String range, String outside, String inside) {
    var parsed = VersionRange.parse(range);
    for (var version : outside.split(" ")) {
      assertEquals(NO, parsed.contains(version), version);
    }
    for (var version : inside.split(" ")) {
      assertEquals(YES, parsed.contains(version), version);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vers:npm/*",
        "vers:maven/*",
        "vers:npm/>=2.1.91|<2.1.198",
        "vers:npm/!=1.0.0",
        "vers:deb/>=1:1.0+dfsg|<2:2.0~rc1",
        "vers:rpm/>1.0%5Egit1-1",
      })
  void canonical_text_is_read_back(String text) {
    assertEquals(text, VersionRange.parse(text).toString());
    assertEquals(VersionRange.parse(text), VersionRange.parse(text));
  }

  @Test
  void other_spellings_become_canonical() {
    assertEquals("vers:npm/1.2.3", VersionRange.parse("vers:npm/=1.2.3").toString());
    assertEquals("vers:npm/1.2.3+a", VersionRange.parse("vers:npm/1.2%2e3%2Ba").toString());
    assertEquals("vers:rpm/1%5Ea-1", VersionRange.parse("vers:rpm/1^a-1").toString());
    assertEquals(
        VersionRange.parse("vers:vscode-extension/1.0.0"), VersionRange.parse("vers:vscode/1.0.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~begin with",
        "npm/1.0.0~begin with",
        "VERS:npm/1.0.0~begin with",
        "vers:1.0.0~begin with",
        "vers:NPM/1.0.0~lower case",
        "vers:/1.0.0~type must be",
        "vers:nmp/1.0.0~no order",
        "vers:all/1.0.0~no order",
        "vers:npm/~no version",
        "vers:npm/>=~no version",
        "vers:npm/|1.0.0~no version",
        "vers:npm/1.0.0|~no version",
        "vers:npm/1.0.0||2.0.0~no version",
        "vers:npm/> 1.0.0~white space",
        "vers:npm/*|1.0.0~percent-encoded",
        "vers:npm/>*~percent-encoded",
        "vers:npm/**~percent-encoded",
        "vers:npm/=>1.0.0~percent-encoded",
        "vers:npm/==1.0.0~percent-encoded",
        "vers:npm/<>1.0.0~percent-encoded",
        "vers:npm/!1.0.0~percent-encoded",
        "vers:npm/1.0.%~two hexadecimal",
        "vers:npm/1.x~not a version",
        "vers:npm/^1.0.0~not a version",
        "vers:npm/>=2.1~not a version",
        "vers:npm/>=1.0.0|<1.0.0~twice",
        "vers:npm/1.0.0|=1.0.0~twice",
        "vers:npm/1.0.0+a|1.0.0+b~twice",
        "vers:npm/>=1.0.0|!=1.0.0~twice",
        "vers:npm/>=2.1.198|<2.1.91~ascending",
        "vers:npm/<2.0.0|>=1.0.0~ascending",
        "vers:npm/>=1.0.0|>=2.0.0~contradict",
        "vers:npm/<1.0.0|<2.0.0~contradict",
        "vers:npm/1.0.0|<2.0.0~contradict",
        "vers:npm/>1.0.0|2.0.0~contradict",
        "vers:npm/>1.0.0|!=1.5.0|>2.0.0~contradict",
      })
  void refuses_with_a_reason(String text, String reason) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> VersionRange.parse(text));
    var message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("not a version range: ") && message.contains(reason), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2.1", "2.1.x", "2.1.100\n", "\u202e2.1.100", "0x2.1.100"})
  void a_version_that_is_not_understood_is_neither_in_nor_out(String installed) {
    assertEquals(UNKNOWN, VersionRange.parse("vers:npm/>=2.1.91|<2.1.198").contains(installed));
    assertEquals(UNKNOWN, VersionRange.parse("vers:npm/!=2.1.91").contains(installed));
    assertEquals(YES, VersionRange.parse("vers:npm/*").contains(installed));
  }

  @ParameterizedTest
  @CsvSource({
    "vers:npm/<2.0.0, pkg:npm/x@1.0.0, YES",
    "vers:npm/<2.0.0, pkg:npm/x, UNKNOWN",
    "vers:npm/<2.0.0, pkg:deb/x@1.0.0, UNKNOWN",
    "vers:npm/*, pkg:deb/x@1.0.0, YES",
    "vers:semver/<2.0.0, pkg:npm/x@1.0.0, YES",
    "vers:rpm/<2.0-1, pkg:rpm/x@1.0-1?epoch=1, NO",
  })
  void asks_a_package_for_its_version(String range, String url, Containment expected) {
    assertEquals(expected, VersionRange.parse(range).contains(PackageUrl.parse(url)));
  }

  @Test
  void only_a_star_may_be_empty() {
    assertEquals("vers:npm/*", new VersionRange("npm", List.of()).toString());
    assertEquals(VersionRange.all("npm"), VersionRange.parse("vers:npm/*"));
  }
}
