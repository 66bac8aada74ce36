package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Origins;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Plugins of JetBrains IDEs and Android Studio: what a user added to each product and version, by
/// "Directories used by the IDE" of the products' documentation, and what comes with an IDE. Id and
/// version come from the descriptor inside the plugin's jars. A plugin that is disabled is
/// installed, and its origin says so.
///
/// Does not see: folders moved by `idea.plugins.path` or `idea.config.path`, IDEs before 2020.1,
/// and plugins of Fleet. A plugin inside an IDE has no parts: it belongs to the IDE.
public final class JetBrainsSource implements Source {
  private static final int MOST_DISABLED = 1 << 20;

  /// Where one operating system keeps plugins.
  ///
  /// @param products folders with one product and version each
  /// @param plugins below such a folder
  /// @param settings folder that has one for the same product and version, from such a folder
  private record Layout(String products, String plugins, String settings) {}

  private static final List<Layout> LAYOUTS =
      List.of(
          new Layout(".local/share/JetBrains/*", "", "../../../../.config/JetBrains"),
          new Layout(".local/share/Google/AndroidStudio*", "", "../../../../.config/Google"),
          new Layout(".var/app/com.jetbrains.*/data/JetBrains/*", "", "../../../config/JetBrains"),
          new Layout(
              ".var/app/com.google.*/data/Google/AndroidStudio*", "", "../../../config/Google"),
          new Layout("Library/Application Support/JetBrains/*", "plugins", ".."),
          new Layout("Library/Application Support/Google/AndroidStudio*", "plugins", ".."),
          new Layout("AppData/Roaming/JetBrains/*", "plugins", ".."),
          new Layout("AppData/Roaming/Google/AndroidStudio*", "plugins", ".."),
          // The older Toolbox keeps them beside each build.
          new Layout(".local/share/JetBrains/Toolbox/apps/*/*/*.plugins", "", ".."),
          new Layout("AppData/Local/JetBrains/Toolbox/apps/*/*/*.plugins", "", ".."));

  private static final List<String> IDES_IN_HOMES =
      List.of(
          ".local/share/JetBrains/Toolbox/apps/*/plugins",
          ".local/share/JetBrains/Toolbox/apps/*/*/*/plugins",
          ".cache/JetBrains/RemoteDev/dist/*/plugins",
          "Library/Application Support/JetBrains/Toolbox/apps/*/*/*/*.app/Contents/plugins",
          "Applications/*.app/Contents/plugins",
          "AppData/Local/Programs/*/plugins",
          "AppData/Local/JetBrains/Toolbox/apps/*/*/*/plugins");

  private static final List<String> IDES_OF_THE_MACHINE =
      List.of(
          "opt/*/plugins",
          "opt/*/*/plugins",
          "Applications/*.app/Contents/plugins",
          "Program Files/JetBrains/*/plugins",
          "Program Files/Android/*/plugins");

  @Override
  public String name() {
    return "jetbrains";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    for (var layout : LAYOUTS) {
      for (var product : known.find(layout.products())) {
        var name = product.nameText();
        var settings = Links.lexical(product, layout.settings().getBytes(StandardCharsets.UTF_8));
        var disabled =
            settings == null || !settings.startsWith(places.within())
                ? Set.<String>of()
                : disabled(places, settings.resolve(product.name()));
        var plugins = new PluginHome(home.home(), places, Origins.in("JetBrains", name), disabled);
        places.find(product, layout.plugins()).forEach(plugins::added);
      }
    }
    bundled(
        known, new PluginHome(home.home(), places, "built into an IDE", Set.of()), IDES_IN_HOMES);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    bundled(
        new KnownPlaces(places),
        new PluginHome(null, places, "built into an IDE of the machine", Set.of()),
        IDES_OF_THE_MACHINE);
  }

  /// An IDE is told by its `product-info.json`: other programs have folders of that name as well.
  private static void bundled(KnownPlaces known, PluginHome plugins, List<String> patterns) {
    for (var pattern : patterns) {
      for (var root : known.find(pattern)) {
        try {
          var tree = plugins.places().tree();
          var ide = root.parent();
          if (tree.stat(ide.resolve("product-info.json")) != null
              || tree.stat(ide.resolve("Resources/product-info.json")) != null) {
            plugins.builtIn(root);
          }
        } catch (UnreadableException e) {
          plugins.places().out().gap(e);
        }
      }
    }
  }

  private static Set<String> disabled(Places places, BytePath settings) {
    try {
      for (var folder : places.at(settings)) {
        var bytes = places.tree().read(folder.resolve("disabled_plugins.txt"), MOST_DISABLED);
        if (bytes != null) {
          return new String(bytes, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .collect(Collectors.toSet());
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
    return Set.of();
  }
}
