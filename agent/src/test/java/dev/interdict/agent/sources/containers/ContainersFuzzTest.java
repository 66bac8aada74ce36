package dev.interdict.agent.sources.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.agent.sources.projects.ProjectSource;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of projects and stores that name images.
class ContainersFuzzTest {
  @TempDir Path root;

  @Test
  void dockerfiles() throws Exception {
    Fuzz.of("dockerfile")
        .seeds(
            "ARG A=1\nFROM --platform=x a/b:${A:-2} AS c\nRUN <<X\nfrom y\nX\nCOPY --from=d e f\n")
        .words("FROM ", "$", "${", "}", "<<", "--from=", "ARG ", "\\\n", ":-")
        .run(input -> {
          for (var image : Dockerfile.images(new String(input, StandardCharsets.UTF_8))) {
            assertTrue(image.chars().allMatch(c -> c > ' ' && c < 0x7f), image);
          }
        });
  }

  @Test
  void files_of_projects_and_stores() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.scans(
        "devcontainer",
        new ProjectSource(),
        "home/ada/w/.devcontainer/devcontainer.json",
        "{\"image\": \"a/b:1\", \"features\": {\"x.org/a/b:1\": {},}, \"build\": {\"dockerfile\":"
            + " \"d\"}}");
    fuzz.scans(
        "workflow",
        new ProjectSource(),
        "home/ada/w/.github/workflows/x.yml",
        "jobs: {a: {container: node, steps: [{uses: a/b@v1}, {run: x}]}}\n");
    fuzz.scans(
        "image-store",
        new ImageStoreSource(),
        "var/lib/docker/image/overlay2/repositories.json",
        "{\"Repositories\": {\"a/b\": {\"a/b:1\": \"sha256:0\"}}}");
  }
}
