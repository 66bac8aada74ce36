package dev.interdict.agent.sources.nix;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Manifests of Nix's profiles.
class NixFuzzTest {
  private static final String STORE = "nix/store/l7346vlx9piphlr32z79ckm4i016p7vy-user-environment";
  private static final String PATH =
      "/nix/store/69bmnnydkj3l6gwlklmwvflr6b2gzryy-claude-code-2.1.328";

  @TempDir Path root;
  private SourceFuzz fuzz;

  @BeforeEach
  void stand() {
    fuzz = SourceFuzz.below(root);
    fuzz.station().planting.link("nix/var/nix/profiles/default", "default-1-link");
    fuzz.station().planting.link("nix/var/nix/profiles/default-1-link", "/" + STORE);
  }

  @Test
  void manifests_of_profiles() throws Exception {
    fuzz.scans(
        "nix-manifest",
        new NixSource(),
        STORE + "/manifest.json",
        "{\"elements\":[{\"active\":true,\"storePaths\":[\"" + PATH + "\"]}],\"version\":2}",
        "{\"elements\":{\"a\":{\"storePaths\":[\"" + PATH + "-bin\"]}},\"version\":3}");
  }

  @Test
  void manifests_of_environments() throws Exception {
    fuzz.scans(
        "nix-env-manifest",
        new NixSource(),
        STORE + "/manifest.nix",
        "[ { meta = { }; name = \"a\"; out = { outPath = \"" + PATH + "\"; }; } ]");
  }
}
