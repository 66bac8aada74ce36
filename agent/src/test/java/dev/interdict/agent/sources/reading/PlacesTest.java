package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static boolean matches(String pattern, String name) {
    return Places.matches(pattern, name.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void star_stands_for_any_run_of_bytes() {
    assertTrue(matches("*", "v20.1.0"));
    assertTrue(matches("@*", "@anthropic-ai"));
    assertTrue(matches("npm-*", "npm-"));
    assertTrue(matches("*a*b", "xxaxxbxb"));
    assertTrue(Places.matches("*", new byte[] {(byte) 0xff}));
  }

  @Test
  void everything_else_stands_for_itself() {
    assertFalse(matches("@*", "anthropic-ai"));
    assertFalse(matches("npm-*", "npm"));
    assertFalse(matches("*a*b", "xxaxxbxc"));
    assertFalse(matches("bin", "bins"));
  }
}
