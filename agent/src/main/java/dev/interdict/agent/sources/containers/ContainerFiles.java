package dev.interdict.agent.sources.containers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Jsonc;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Pick;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import dev.interdict.agent.sources.reading.Yaml;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of a project that name images, features and actions: development containers
/// (containers.dev), Dockerfiles, Compose files and GitHub's workflows.
///
/// Does not see: what is installed inside an image, composite actions (`action.yml`), Compose files
/// that another one includes, features by an archive's address, and references whose variables come
/// from elsewhere.
public final class ContainerFiles {
  private final Home home;
  private final Places places;

  public ContainerFiles(Home home, Places places) {
    this.home = home;
    this.places = places;
  }

  /// Looks at one folder of a project.
  public void look(BytePath folder, List<Tree.Entry> entries) {
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      switch (path.nameText()) {
        case ".devcontainer.json" -> devContainer(path);
        case ".devcontainer" -> devContainers(path, entry.kind());
        case ".github" -> {
          if (entry.kind() == FileKind.DIRECTORY) {
            workflows(path.resolve("workflows"));
          }
        }
        default -> named(path, entry.kind());
      }
    }
  }

  private void devContainers(BytePath folder, FileKind kind) {
    if (kind != FileKind.DIRECTORY) {
      return;
    }
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      if (path.nameText().equals("devcontainer.json")) {
        devContainer(path);
      } else if (entry.kind() == FileKind.DIRECTORY) {
        for (var inner : places.list(path)) {
          var file = path.resolve(inner.name());
          if (file.nameText().equals("devcontainer.json")) {
            devContainer(file);
          } else {
            named(file, inner.kind());
          }
        }
      } else {
        named(path, entry.kind());
      }
    }
  }

  private void devContainer(BytePath file) {
    try {
      var json = Jsonc.object(places.tree(), file);
      if (json == null) {
        return;
      }
      var found = new LinkedHashSet<String>();
      for (var image : Pick.texts(json, "image")) {
        add(found, Reference.image(Reference.filledIn(image)));
      }
      if (json.get("features") instanceof Json.Obj(var features)) {
        features.keySet().forEach(feature -> add(found, Reference.feature(feature)));
      }
      items(file, found);
      for (var name : Pick.texts(json, "build/dockerfile", "build/dockerFile", "dockerFile")) {
        var built = Links.lexical(file.parent(), name.getBytes(StandardCharsets.UTF_8));
        // One under the usual name is found by it.
        if (built != null && built.startsWith(home.path()) && !isDockerfile(built.nameText())) {
          dockerfile(built);
        }
      }
    } catch (UnreadableException e) {
      unread(e);
    }
  }

  private void named(BytePath path, FileKind kind) {
    if (kind == FileKind.DIRECTORY || kind == FileKind.SPECIAL) {
      return;
    }
    if (isDockerfile(path.nameText())) {
      dockerfile(path);
    } else if (isCompose(path.nameText())) {
      compose(path);
    }
  }

  private static boolean isDockerfile(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("dockerfile")
        || lower.startsWith("dockerfile.")
        || lower.endsWith(".dockerfile")
        || lower.equals("containerfile")
        || lower.startsWith("containerfile.");
  }

  private static boolean isCompose(String name) {
    return isYaml(name)
        && Stream.of("compose.", "compose-", "docker-compose.", "docker-compose-")
            .anyMatch(name::startsWith);
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  private void dockerfile(BytePath file) {
    var text = TextFiles.text(places, file);
    if (text != null) {
      items(file, new LinkedHashSet<>(Dockerfile.images(text)));
    }
  }

  private void compose(BytePath file) {
    var found = new LinkedHashSet<String>();
    for (var document : documents(file)) {
      for (var image : Pick.texts(document, "services/*/image")) {
        add(found, Reference.image(Reference.filledIn(image)));
      }
    }
    items(file, found);
  }

  private void workflows(BytePath folder) {
    for (var entry : places.list(folder)) {
      var file = folder.resolve(entry.name());
      if (entry.kind() == FileKind.REGULAR && isYaml(file.nameText())) {
        var found = new LinkedHashSet<String>();
        for (var document : documents(file)) {
          for (var use : Pick.texts(document, "jobs/*/steps/*/uses", "jobs/*/uses")) {
            add(found, Reference.action(use));
          }
          for (var image :
              Pick.texts(
                  document,
                  "jobs/*/container",
                  "jobs/*/container/image",
                  "jobs/*/services/*/image")) {
            add(found, Reference.image(Reference.filledIn(image)));
          }
        }
        items(file, found);
      }
    }
  }

  private List<Json> documents(BytePath file) {
    try {
      var real = TextFiles.real(places, file);
      return real == null ? List.of() : Yaml.documents(places.tree(), real);
    } catch (UnreadableException e) {
      unread(e);
      return List.of();
    }
  }

  private static void add(Set<String> found, @Nullable String reference) {
    if (reference != null) {
      found.add(reference);
    }
  }

  private void items(BytePath file, Set<String> references) {
    for (var reference : references) {
      var identity = new Identity.OfContainer(reference);
      places.out().item(new Item("container", identity, null, home, file, List.of(), "project"));
    }
  }

  /// A broken file in somebody's project is no record of an installation and may never be mended:
  /// it names nothing, and does not keep a computer from being called clear.
  private void unread(UnreadableException e) {
    if (e.reason() != UnreadableException.Reason.MALFORMED) {
      places.out().gap(e);
    }
  }
}
