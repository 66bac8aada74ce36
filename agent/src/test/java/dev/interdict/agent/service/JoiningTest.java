package dev.interdict.agent.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.Uplink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {
  private static final String PIN = "ab".repeat(32);

  @TempDir private Path folder;
  private final Map<String, String> set = new HashMap<>();
  private final List<String> presented = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean joined;
  private boolean refusing;
  private boolean keeping;

  @Test
  void a_named_server_is_joined_once_and_the_token_is_gone_then() throws IOException {
    name();
    set.put("INTERDICT_PROXY", "proxy.example.com:3128");
    assertTrue(joining().attempt());
    assertTrue(joining().attempt());
    assertEquals(
        List.of("https://interdict.example.com:8460 proxy.example.com:3128 secret " + PIN),
        presented);
    assertFalse(set.containsKey("INTERDICT_ENROL_TOKEN"));
    assertEquals("https://interdict.example.com:8460", set.get("INTERDICT_SERVER"));
  }

  @Test
  void nothing_is_done_while_no_server_is_named() throws IOException {
    set.put("INTERDICT_SERVER", " ");
    set.put("INTERDICT_ENROL_TOKEN", "secret");
    assertFalse(joining().attempt());
    assertEquals(List.of(), presented);
    assertTrue(set.containsKey("INTERDICT_ENROL_TOKEN"));
  }

  @Test
  void a_refused_device_keeps_its_token_for_the_next_try() {
    name();
    refusing = true;
    assertThrows(IOException.class, () -> joining().attempt());
    assertEquals("secret", set.get("INTERDICT_ENROL_TOKEN"));
  }

  @Test
  void a_token_in_a_file_is_used_and_the_file_removed() throws IOException {
    name();
    set.remove("INTERDICT_ENROL_TOKEN");
    var file = Files.writeString(folder.resolve("token"), "from a file\r\n");
    set.put("INTERDICT_ENROL_TOKEN_FILE", file.toString());
    assertTrue(joining().attempt());
    assertEquals(List.of("https://interdict.example.com:8460 null from a file " + PIN), presented);
    assertFalse(Files.exists(file));
  }

  @Test
  void a_token_that_came_after_the_device_had_joined_is_erased_and_not_used() throws IOException {
    name();
    joined = true;
    var file = Files.writeString(folder.resolve("token"), "left by a crash");
    set.put("INTERDICT_ENROL_TOKEN_FILE", file.toString());
    assertTrue(joining().attempt());
    assertEquals(List.of(), presented);
    assertFalse(set.containsKey("INTERDICT_ENROL_TOKEN"));
    assertFalse(Files.exists(file));
    assertTrue(joining().attempt());
    assertEquals(List.of(), told);
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    for (var wrong :
        Map.of(
                "INTERDICT_ROOT_KEY", "sha256:short",
                "INTERDICT_ENROL_TOKEN", "",
                "INTERDICT_SERVER", "https://not an address",
                "INTERDICT_PROXY", "http://proxy:3128")
            .entrySet()) {
      name();
      set.put(wrong.getKey(), wrong.getValue());
      var error = assertThrows(IOException.class, () -> joining().attempt());
      assertTrue(String.valueOf(error.getMessage()).contains(wrong.getKey()), error::toString);
      set.clear();
    }
    assertEquals(List.of(), presented);
  }

  @Test
  void a_token_that_stays_is_told_and_the_device_has_joined_all_the_same() throws IOException {
    name();
    keeping = true;
    assertTrue(joining().attempt());
    assertEquals(1, told.size());
    assertTrue(told.getFirst().startsWith("the enrolment token stays"), told.getFirst());
  }

  private void name() {
    set.put("INTERDICT_SERVER", "https://interdict.example.com:8460");
    set.put("INTERDICT_ROOT_KEY", "sha256:" + PIN);
    set.put("INTERDICT_ENROL_TOKEN", "secret");
  }

  private Joining joining() {
    return new Joining(new InMemory(), () -> joined, this::enrol, told::add);
  }

  private void enrol(URI server, Uplink uplink, String token, String pin) throws IOException {
    if (refusing) {
      throw new IOException("the server refused the enrolment token");
    }
    presented.add(server + " " + uplink.proxy() + " " + token + " " + pin);
    joined = true;
  }

  private final class InMemory implements Settings {
    @Override
    public @Nullable String value(String name) {
      return set.get(name);
    }

    @Override
    public void erase(String name) throws IOException {
      if (keeping) {
        throw new IOException("access denied");
      }
      set.remove(name);
    }
  }
}
