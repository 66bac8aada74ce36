package dev.interdict.agent.sources.residue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressTest {
  @Test
  void address_is_host_and_path() {
    assertEquals(
        "downloads.claude.ai/claude-desktop/apt",
        Address.of("https://Downloads.Claude.ai/claude-desktop/apt/"));
    assertEquals("deb.debian.org/debian", Address.of("mirror+http://deb.debian.org//debian"));
    assertEquals("x.org:8443", Address.of("https://x.org:8443"));
    assertEquals("[2001:db8::1]:80/x", Address.of("http://[2001:db8::1]:80/x"));
    assertEquals("x.org/$basearch/$releasever", Address.of("https://x.org/$basearch/$releasever"));
    assertEquals("github.com/acme/homebrew-x", Address.of("git@github.com:acme/homebrew-x"));
  }

  @Test
  void user_password_and_query_are_left_out() {
    for (var text :
        List.of(
            "https://user:canary@x.org/apt",
            "https://canary@x.org/apt",
            "https://canary:@x.org/apt?canary",
            "https://a@canary:c@x.org/apt#canary",
            "https://x.org/apt/;canary=1",
            "https://x.org/apt?token=canary&x=/y")) {
      assertEquals("x.org/apt", Address.of(text), text);
    }
  }

  @Test
  void key_in_the_path_is_left_out() {
    assertEquals(
        "dl.cloudsmith.io/-/acme/deb/debian",
        Address.of("https://dl.cloudsmith.io/aB3dE6gH9jK2mN5p/acme/deb/debian"));
    assertEquals(
        "x.org/-/apt", Address.of("https://x.org/8f14e45f-ceea-467a-9c0e-0123456789ab/apt"));
    assertEquals("x.org/-/apt", Address.of("https://x.org/glpat-aB3dE6gH9jK2mN5p_q/apt"));
    assertEquals(
        "x.org/ubuntu2404-server-x86_64", Address.of("https://x.org/ubuntu2404-server-x86_64"));
    assertEquals(
        "snapshot.debian.org/archive/debian/20250520T000000Z",
        Address.of("http://snapshot.debian.org/archive/debian/20250520T000000Z"));
  }

  @Test
  void what_cannot_be_told_from_a_password_is_refused() {
    for (var text :
        List.of(
            "https://user:canary/word@x.org/apt",
            "https://user:canary?word@x.org/apt",
            "https://user:12#canary@x.org/apt",
            "https://user:canary\\word@x.org/apt",
            "https://user:canary/apt",
            "https://x.org/canary\u202e",
            "https:///canary",
            "https://x.org/" + "canary/".repeat(200))) {
      var e = assertThrows(IllegalArgumentException.class, () -> Address.of(text), text);
      assertFalse(String.valueOf(e.getMessage()).contains("canary"));
    }
  }

  @Test
  void folders_and_discs_have_no_address() {
    assertNull(Address.of("file:///srv/repo"));
    assertNull(Address.of("cdrom:[Debian]/"));
    assertNull(Address.of("/media/cdrom/apks"));
    assertNull(Address.of("copy:///srv"));
  }
}
