package dev.interdict.agent.sources.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
  @Test
  void image_has_one_form() {
    assertEquals("docker.io/library/node", Reference.image("node"));
    assertEquals("docker.io/library/node", Reference.image("node:20-slim"));
    assertEquals("docker.io/library/node", Reference.image("docker.io/node"));
    assertEquals("docker.io/library/node", Reference.image("index.docker.io/library/node:1"));
    assertEquals("docker.io/acme/tool", Reference.image("acme/tool"));
    assertEquals("ghcr.io/a/b", Reference.image("GHCR.io/a/b:1@sha256:0123"));
    assertEquals("localhost:5000/x", Reference.image("localhost:5000/x:2"));
    assertEquals("docker.io/library/x", Reference.image("docker://x"));
  }

  @Test
  void what_names_no_image_is_none() {
    assertNull(Reference.image(null));
    assertNull(Reference.image(""));
    assertNull(Reference.image("a b"));
    assertNull(Reference.image("user:canary@host/x"));
    assertNull(Reference.image("https://host/x"));
    assertNull(Reference.image("../x"));
    assertNull(Reference.image("x".repeat(300)));
    assertNull(Reference.image("<none>:<none>"));
  }

  @Test
  void feature_comes_from_a_registry() {
    assertEquals(
        "ghcr.io/anthropics/devcontainer-features/claude-code",
        Reference.feature("ghcr.io/anthropics/devcontainer-features/claude-code:1"));
    assertNull(Reference.feature("./claude-code"));
    assertNull(Reference.feature("docker-in-docker"));
    assertNull(Reference.feature("https://example.org/f.tgz"));
  }

  @Test
  void action_is_its_repository() {
    assertEquals(
        "github.com/anthropics/claude-code-action",
        Reference.action("anthropics/claude-code-action/base@v1"));
    assertEquals("docker.io/library/alpine", Reference.action("docker://alpine:3"));
    assertNull(Reference.action("./local"));
    assertNull(Reference.action("nothing"));
  }

  @Test
  void variables_are_filled_in_by_their_defaults() {
    assertEquals("node:20", Reference.filledIn("node:${V:-20}"));
    assertEquals("node:18", Reference.filledIn("node:$V", Map.of("V", "18")));
    assertNull(Reference.filledIn("node:${V}"));
    assertNull(Reference.filledIn("${"));
    assertNull(Reference.filledIn("$"));
  }
}
