package dev.interdict.agent.sources.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageStoreSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private List<String> texts() {
    var seen = station.seenBy(new ImageStoreSource());
    assertEquals(List.of(), seen.gaps());
    return Workstation.texts(seen);
  }

  @Test
  void podmans_store_of_a_user() {
    station.planting.fixture("containers/podman-4.3.1.txt", "home/ada");
    assertEquals(
        List.of(
            "container ghcr.io/acme/devbox",
            "container docker.io/library/acme-node",
            "container localhost/mine"),
        texts());
    var item = station.seenBy(new ImageStoreSource()).items().getFirst();
    assertEquals(List.of(), item.parts());
    assertEquals(
        "/home/ada/.local/share/containers/storage/vfs-images/images.json",
        item.location().toString());
  }

  @Test
  void dockers_store_of_the_machine() {
    station.planting.fixture("containers/docker-20.10.txt", "");
    assertEquals(
        List.of(
            "container docker.io/library/acme-node",
            "container docker.io/acme/tool",
            "container ghcr.io/acme/devbox"),
        texts());
  }

  @Test
  void several_tags_are_one_image() {
    station.planting.file(
        "var/lib/containers/storage/overlay-images/images.json",
        "[{\"names\": [\"x.org/a:1\", \"x.org/a:2\"]}, {\"id\": \"untagged\"},"
            + " {\"names\": [7, null, \"x.org/a b\"]}]");
    assertEquals(List.of("container x.org/a"), texts());
  }

  @Test
  void broken_store_is_a_gap() {
    station.planting.file("var/lib/docker/image/overlay2/repositories.json", "{canary");
    var seen = station.seenBy(new ImageStoreSource());
    assertEquals(List.of(), seen.items());
    assertEquals(1, seen.gaps().size());
  }
}
