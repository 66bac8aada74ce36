package dev.interdict.agent.sources.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerFilesTest {
  private static final String FEATURE = "ghcr.io/anthropics/devcontainer-features/claude-code";
  private static final String PROJECT = "home/ada/work/app/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ProjectSource());
  }

  private List<String> texts() {
    var seen = seen();
    assertEquals(List.of(), seen.gaps());
    return Workstation.texts(seen);
  }

  @Test
  void development_container_names_its_image_and_features() {
    station.planting.file(
        PROJECT + ".devcontainer/devcontainer.json",
        """
        // For format details, see https://aka.ms/devcontainer.json
        {
          "image": "mcr.microsoft.com/devcontainers/base:bookworm",
          "features": {
            "%s:1": {},
            "./local": {}, // ours
          },
        }
        """
            .formatted(FEATURE));
    assertEquals(
        List.of("container mcr.microsoft.com/devcontainers/base", "container " + FEATURE), texts());
    var item = seen().items().getLast();
    assertEquals("container", item.source());
    assertEquals("project", item.origin());
    assertEquals(List.of(), item.parts());
    assertEquals("/" + PROJECT + ".devcontainer/devcontainer.json", item.location().toString());
  }

  @Test
  void each_place_of_a_development_container_is_looked_at() {
    for (var place :
        List.of(
            ".devcontainer.json",
            ".devcontainer/devcontainer.json",
            ".devcontainer/py/devcontainer.json")) {
      station.planting.file(PROJECT + place, "{\"features\": {\"" + FEATURE + "\": {}}}");
    }
    assertEquals(3, texts().size());
  }

  @Test
  void dockerfile_of_another_name_is_read_where_it_is_named() {
    station.planting.file(
        PROJECT + ".devcontainer/devcontainer.json",
        "{\"build\": {\"dockerfile\": \"dev.docker\"}}");
    station.planting.file(PROJECT + ".devcontainer/dev.docker", "FROM ghcr.io/acme/dev:1\n");
    station.planting.file(PROJECT + ".devcontainer/Dockerfile", "FROM ghcr.io/acme/other\n");
    assertEquals(List.of("container ghcr.io/acme/other", "container ghcr.io/acme/dev"), texts());
  }

  @Test
  void dockerfile_outside_of_the_home_is_not_read() {
    station.planting.file("secret", "FROM ghcr.io/acme/dev:1\n");
    station.planting.file(
        PROJECT + ".devcontainer.json", "{\"build\": {\"dockerfile\": \"../../../../../secret\"}}");
    station.planting.link(PROJECT + "Dockerfile", "/secret");
    assertEquals(List.of(), seen().items());
  }

  @Test
  void dockerfile_names_what_it_builds_on() {
    station.planting.file(
        PROJECT + "Dockerfile",
        """
        # syntax=docker/dockerfile:1
        ARG NODE=20
        FROM --platform=$BUILDPLATFORM node:${NODE} AS build
        RUN npm install -g @anthropic-ai/claude-code \\
          && FROM=x
        RUN python3 <<EOF
        from os import path
        EOF
        COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/
        FROM scratch
        COPY --from=build /app /app
        FROM ${UNKNOWN}
        from alpine
        """);
    assertEquals(
        List.of(
            "container docker.io/library/node",
            "container ghcr.io/astral-sh/uv",
            "container docker.io/library/alpine"),
        texts());
  }

  @Test
  void compose_file_names_images() {
    station.planting.file(
        PROJECT + "docker-compose.dev.yml",
        """
        x-base: &base
          image: ghcr.io/acme/base:1
        services:
          one: {<<: *base}
          two: {image: "postgres:${PG:-16}"}
          three: {build: .}
        volumes: {image: no}
        """);
    assertEquals(
        List.of("container ghcr.io/acme/base", "container docker.io/library/postgres"), texts());
  }

  @Test
  void workflow_names_actions_and_images() {
    station.planting.file(
        PROJECT + ".github/workflows/ci.yml",
        """
        on: push
        jobs:
          review:
            runs-on: ubuntu-latest
            container: node:20
            services: {db: {image: postgres}}
            steps:
              - uses: actions/checkout@v4
              - uses: anthropics/claude-code-action@v1
                with: {anthropic_api_key: "${{ secrets.ANTHROPIC_API_KEY }}"}
              - uses: ./ours
              - run: 'echo "uses: evil/evil@v1"'
          other: {uses: acme/flows/.github/workflows/x.yml@main}
        """);
    assertEquals(
        List.of(
            "container github.com/actions/checkout",
            "container github.com/anthropics/claude-code-action",
            "container github.com/acme/flows",
            "container docker.io/library/node",
            "container docker.io/library/postgres"),
        texts());
  }

  @Test
  void lookalikes_keep_their_own_names() {
    station.planting.file(
        PROJECT + ".devcontainer.json",
        "{\"features\": {\"ghcr.io/someone/devcontainer-features/claude-code:1\": {}}}");
    assertEquals(List.of("container ghcr.io/someone/devcontainer-features/claude-code"), texts());
  }

  @Test
  void broken_file_of_a_project_names_nothing_and_keeps_nobody_from_being_clear() {
    station.planting.file(PROJECT + "compose.yaml", "services: [canary\n}");
    station.planting.file(PROJECT + ".devcontainer.json", "{canary");
    station.planting.file(PROJECT + ".github/workflows/a.yml", "[".repeat(100_000));
    var seen = seen();
    assertEquals(List.of(), seen.items());
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void file_that_is_too_long_to_be_read_is_a_gap() {
    station.planting.file(PROJECT + "compose.yaml", new byte[2 << 20]);
    var seen = seen();
    assertEquals(List.of(Reason.TOO_LARGE), seen.gaps().stream().map(gap -> gap.reason()).toList());
  }
}
