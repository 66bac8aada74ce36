package dev.interdict.agent.platform.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.sources.windows.RegistryKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {
  private final List<String> erased = new ArrayList<>();

  @Test
  void policies_come_before_what_the_installation_said() throws IOException {
    var settings =
        settings(
            Map.of("INTERDICT_SERVER", "https://policy", "INTERDICT_PROXY", " "),
            Map.of("INTERDICT_SERVER", "https://installed", "INTERDICT_PROXY", "proxy:1"));
    assertEquals("https://policy", settings.value("INTERDICT_SERVER"));
    assertEquals("proxy:1", settings.value("INTERDICT_PROXY"));
    assertNull(settings.value("INTERDICT_ROOT_KEY"));
  }

  @Test
  void a_token_where_everybody_may_read_it_is_not_taken() throws IOException {
    assertNull(
        settings(Map.of("INTERDICT_ENROL_TOKEN", "open"), Map.of()).value("INTERDICT_ENROL_TOKEN"));
    assertEquals(
        "closed",
        settings(Map.of("INTERDICT_ENROL_TOKEN", "open"), Map.of("INTERDICT_ENROL_TOKEN", "closed"))
            .value("INTERDICT_ENROL_TOKEN"));
  }

  @Test
  void what_is_erased_is_the_installation_s() throws IOException {
    settings(Map.of(), Map.of()).erase("INTERDICT_ENROL_TOKEN");
    assertEquals(List.of("Interdict\\Enrolment INTERDICT_ENROL_TOKEN"), erased);
  }

  private RegistrySettings settings(Map<String, String> policy, Map<String, String> installed) {
    var root =
        new Key(
            "SOFTWARE",
            Map.of(),
            List.of(
                new Key(
                    "Policies",
                    Map.of(),
                    List.of(
                        new Key(
                            "Interdict", Map.of(), List.of(new Key("Agent", policy, List.of()))))),
                new Key(
                    "Interdict", Map.of(), List.of(new Key("Enrolment", installed, List.of())))));
    return new RegistrySettings(root, (key, value) -> erased.add(key + " " + value));
  }

  private record Key(String name, Map<String, String> texts, List<RegistryKey> children)
      implements RegistryKey {
    @Override
    public @Nullable RegistryKey child(String name) {
      return children.stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    @Override
    public @Nullable String text(String value) {
      return texts.get(value);
    }

    @Override
    public @Nullable Integer number(String value) {
      return null;
    }
  }
}
