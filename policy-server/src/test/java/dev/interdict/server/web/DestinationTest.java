package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil",
        "javascript:alert(1)",
        "",
        " /",
        "/\n",
        "/%0d%0aSet-Cookie:x",
        "/a\\b",
        "/é",
        "devices",
        "/..//evil"
      })
  void another_place_leads_home(String given) {
    var to = Destination.checked(given);
    // What is left is a path of this host in any browser's reading.
    assertEquals(
        true, to.equals("/") || to.matches("/[A-Za-z0-9_.~%-].*") && !to.contains("\\"), to);
    assertEquals(false, to.startsWith("//"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/devices", "/devices?rule=claude-code&state=present,removing", "/?rule=a"})
  void a_page_of_this_console_is_kept(String given) {
    assertEquals(given, Destination.checked(given));
  }
}
